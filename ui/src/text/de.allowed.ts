// What the window says about what a feed's server may decide of its popups, in German.
import type { allowed as english } from "./en.allowed";
import type { Same } from "./same";

export const allowed: Same<typeof english> = {
  allowed: {
    urgency: "Dringlichkeit",
    urgencies: {
      urgent: "Wie der Server es sagt",
      normal: "Höchstens normal",
      low: "Höchstens niedrig",
    },
    hint: "Eine dringende Benachrichtigung bleibt stehen, bis sie geschlossen wird, und darf die Ruhezeit durchbrechen. Eigene Regeln dürfen mehr.",
    pictures: "Bilder zeigen, die Ereignisse nennen",
    picturesHint: "Sie werden über https vom eigenen Server des Feeds geholt, ohne Anmeldung.",
  },
};
