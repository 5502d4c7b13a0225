// What the window says about what stands for a feed, in German.
import type { icons as english } from "./en.icons";
import type { Same } from "./same";

export const icons: Same<typeof english> = {
  icons: {
    label: "Symbol",
    emoji: "Emoji",
    choose: (again) => (again ? "Anderes Bild wählen …" : "Bild wählen …"),
    choosing: "Wird gewählt …",
    remove: "Symbol entfernen",
    hint: "Ein Emoji oder ein Bild, für Benachrichtigungen und Listen. Ohne eines hat ein bekannter Dienst hier seine eigene Zeichnung.",
  },
};
