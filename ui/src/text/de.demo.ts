// What the window says about the demo, in German.
import type { demo as english } from "./en.demo";
import type { Same } from "./same";

export const demo: Same<typeof english> = {
  demo: {
    or: "Nichts zur Hand?",
    look: "Demo ansehen",
    lookHint: "Ein paar lebhafte Feeds, die sich Tidings selbst ausdenkt. Ein Klick entfernt sie wieder.",
    plays: "Die Demo läuft.",
    remove: "Demo entfernen",
    removed: "Demo entfernt.",
  },
};
