// What the window says about the demo, in English.
export const demo = {
  demo: {
    or: "Nothing at hand?",
    look: "Look at a demo",
    lookHint: "A few lively feeds that Tidings makes up itself. They go with one click.",
    plays: "The demo is playing.",
    remove: "Remove the demo",
    removed: "Removed the demo.",
  },
};
