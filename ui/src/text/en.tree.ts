// What the window says about the data of an event, in English.
import { counted, number } from "./en.numbers";

export const tree = {
  tree: {
    label: "Data as a tree",
    root: "All of it",
    form: "Tree",
    copyValue: "Copy value",
    copyPath: "Copy path",
    chart: "Chart this",
    rule: "Use in a rule",
    size: (list: boolean, count: number) => (list ? counted(count, "item", "items") : counted(count, "field", "fields")),
    more: (count: number) => `Show more of ${number.format(count)}`,
  },
};
