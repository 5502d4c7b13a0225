// What the window says about what a feed's server may decide of its popups, in English.

export const allowed = {
  allowed: {
    urgency: "Urgency",
    urgencies: {
      urgent: "As the server says",
      normal: "Normal at most",
      low: "Low at most",
    },
    hint: "An urgent notification stays until it is dismissed, and quiet hours may let it through. Your own rules may say more.",
    pictures: "Show pictures that events name",
    picturesHint: "They are fetched from the feed’s own server over https, without your sign-in.",
  },
};
