// What the window says about what stands for a feed, in English.
export const icons = {
  icons: {
    label: "Icon",
    emoji: "Emoji",
    choose: (again: boolean) => (again ? "Choose another picture…" : "Choose picture…"),
    choosing: "Choosing…",
    remove: "Remove icon",
    hint: "An emoji or a picture, for popups and lists. Without one, a known service has its own drawing here.",
  },
};
