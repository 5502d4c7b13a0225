// What the window says about long work, in English.
import type { WorkKind } from "../ipc/bindings";

export const works = {
  works: {
    pane: "Under way",
    kinds: {
      export: "Exporting events",
      import: "Importing events",
      addFeeds: "Adding feeds",
      index: "Making events searchable",
      check: "Checking the history",
      salvage: "Saving events of the damaged history",
    } satisfies Record<WorkKind, string>,
    stop: "Cancel",
    stopOf: (what: string) => `Cancel: ${what}`,
    stopped: (came: string) => `The import was cancelled. ${came} Importing the same file goes on from there.`,
  },
};
