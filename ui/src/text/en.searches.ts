// What the window says about kept searches and what it suggests for one, in English.

const MEANINGS: Record<string, string> = {
  "feed:": "from one feed",
  "type:": "of one event type",
  "group:": "of one host, room, topic…",
  "priority:": "how much it matters",
  "is:": "read, unread or starred",
  "has:": "with a link",
  "after:": "since a time",
  "before:": "until a time",
};

export const searches = {
  searches: {
    keep: "Keep this search…",
    keepTitle: "Keep this search",
    rename: "Rename…",
    renameTitle: "Rename this search",
    remove: "Remove",
    removed: (name: string) => `Removed the search “${name}”.`,
    kept: (name: string) => `Kept as “${name}”.`,
    name: "Name",
    nameNeeded: "Enter a name.",
    finds: "It finds",
    spoken: (name: string) => `${name}, kept search`,
    suggestions: "Suggestions",
    meaning: (filter: string) => MEANINGS[filter] ?? "",
  },
};
