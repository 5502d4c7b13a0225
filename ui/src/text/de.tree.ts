// What the window says about the data of an event, in German.
import { counted, number } from "./de.numbers";
import type { tree as english } from "./en.tree";
import type { Same } from "./same";

export const tree: Same<typeof english> = {
  tree: {
    label: "Daten als Baum",
    root: "Alles",
    form: "Baum",
    copyValue: "Wert kopieren",
    copyPath: "Pfad kopieren",
    chart: "Als Diagramm",
    rule: "In einer Regel",
    size: (list, count) => (list ? counted(count, "Eintrag", "Einträge") : counted(count, "Feld", "Felder")),
    more: (count) => `Mehr von ${number.format(count)} zeigen`,
  },
};
