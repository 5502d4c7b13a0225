// What the window says about rules, in English.
import type { Comparison, Day, JsonTest, Priority, Rule, RuleHours, RuleThen, RuleWhen } from "../ipc/bindings";
import { counted, LOCALE, number } from "./en.numbers";
import { cut } from "./locale";
import { weekdays } from "./time";

const any = new Intl.ListFormat(LOCALE, { type: "disjunction" });
const all = new Intl.ListFormat(LOCALE, { type: "conjunction" });

const DAYS: Record<Day, string> = { mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday", sun: "Sunday" };
const PRIORITIES: Record<Priority, string> = { min: "lowest", low: "low", normal: "normal", high: "high", urgent: "urgent" };
const COMPARED: Record<Comparison, string> = { equal: "is", notEqual: "is not", less: "is below", greater: "is above", contains: "contains", matches: "matches" };
const BARE: readonly Comparison[] = ["less", "greater"];

/** More of what a person typed would bury the rest of the sentence. */
const QUOTED_MAX = 60;

const quoted = (words: string) => `“${cut(words, QUOTED_MAX)}”`;

function priority({ atLeast, atMost }: RuleWhen): string | null {
  if (atLeast === null) return atMost === null ? null : `of ${PRIORITIES[atMost]} priority${atMost === "min" ? "" : " or less"}`;
  if (atMost === null) return atLeast === "urgent" ? "of urgent priority" : `of ${PRIORITIES[atLeast]} priority or more`;
  return atLeast === atMost ? `of ${PRIORITIES[atLeast]} priority` : `of ${PRIORITIES[atLeast]} to ${PRIORITIES[atMost]} priority`;
}

function hours({ from, to, days }: RuleHours): string {
  const on = days.length === 0 ? "" : `on ${weekdays(days, DAYS, all, "to")}`;
  if (from === to) return on === "" ? `from ${from} for a day` : on;
  return `between ${from} and ${to}${on === "" ? "" : ` ${on}`}`;
}

function test({ path, is, value }: JsonTest): string {
  return `${path} ${COMPARED[is]} ${BARE.includes(is) ? value : quoted(value)}`;
}

/** What an event must be, piece by piece. */
function conditions(when: RuleWhen, feedName: (id: string) => string): string[] {
  const parts = [
    when.feeds.length === 0 ? null : `from ${any.format(when.feeds.map(feedName))}`,
    when.types.length === 0 ? null : `of type ${any.format(when.types.map(quoted))}`,
    when.text === "" ? null : `whose text matches ${quoted(when.text)}`,
    when.json.length === 0 ? null : `where ${all.format(when.json.map(test))}`,
    priority(when),
    when.hours === null ? null : hours(when.hours),
  ];
  return parts.filter((part) => part !== null);
}

function actions(then: RuleThen): string[] {
  const popup = then.popup === true ? `show a popup${then.stays ? " that stays until dismissed" : ""}` : then.popup === false ? "are only stored" : then.stays ? "have a popup that stays until dismissed" : null;
  const parts = [
    popup,
    then.priority === null ? null : `count as ${PRIORITIES[then.priority]}`,
    then.sound === null ? null : then.sound === "none" ? "make no sound" : `sound like ${quoted(then.sound)}`,
    then.read ? "are marked read" : null,
    then.star ? "are starred" : null,
  ];
  return parts.filter((part) => part !== null);
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

export const rules = {
  rules: {
    place: "Rules",
    begin: "Use this in a rule…",
    intro: "For each event the first rule that fits decides. Rules never drop an event: all are kept in the history.",
    emptyTitle: "No rules yet",
    empty: "A rule says which events pop up, which are only stored, and how much they matter, by feed, type, words, values, priority or time of day.",
    examples: "Begin with an example",
    useExample: (name: string) => `${name}…`,
    loading: "Loading rules…",
    add: "Add rule",
    addFirst: "Write your own…",
    list: "Rules, in the order in which they are asked",
    order: (at: number) => `${number.format(at)}.`,
    on: (name: string) => `${name} is on`,
    edit: "Edit…",
    duplicate: "Duplicate",
    up: "Move up",
    down: "Move down",
    upOf: (name: string) => `Move ${name} up`,
    downOf: (name: string) => `Move ${name} down`,
    drag: "Drag to another place",
    delete: "Delete",
    actions: (name: string) => `Actions for ${name}`,
    moved: (name: string, at: number, of: number) => `${name} is rule ${number.format(at)} of ${number.format(of)}.`,
    deleted: (name: string) => `Deleted the rule ${quoted(name)}.`,
    undo: "Undo",
    undone: (name: string) => `${name} is back.`,
    copyOf: (name: string) => `${name} (copy)`,
    saved: (name: string) => `Saved the rule ${quoted(name)}.`,
    broken: (at: number, name: string, message: string) => `Rule ${number.format(at)}, ${quoted(name)}: ${message}`,
    removedFeed: "a feed that was removed",
    /** A rule's name where nobody gave it one. */
    unnamed: (when: RuleWhen, feedName: (id: string) => string) => {
      const parts = conditions(when, feedName);
      return parts.length === 0 ? "All events" : capital(parts.slice(0, 2).join(", "));
    },
    /** A rule in a sentence. */
    sentence(rule: Rule, feedName: (id: string) => string): string {
      const parts = conditions(rule.when, feedName);
      const does = actions(rule.then);
      const subject = parts.length === 0 ? "All events" : `Events ${parts.join(", ")}${parts.length > 1 ? "," : ""}`;
      return `${subject} ${does.length === 0 ? "are left as their feed is set, whatever the rules below say" : all.format(does)}.`;
    },
    decided: (held: number, of: number) => (of === 0 ? "" : `Decided ${number.format(held)} of the last ${counted(of, "event", "events")}`),
    off: "Off",
    popups: (popups: number, of: number) => (of === 0 ? "" : `With these rules, ${number.format(popups)} of the last ${counted(of, "event", "events")} would have popped up.`),

    exampleNames: { stay: "Urgent popups stay", hush: "Low priority is only stored" },

    form: {
      addTitle: "Add a rule",
      editTitle: (name: string) => `Edit ${quoted(name)}`,
      name: "Name",
      when: "When an event",
      whenHint: "All that is filled in must be so. Nothing filled in fits every event.",
      feeds: "comes from",
      allFeeds: "Any feed",
      someFeeds: "One of these",
      noFeed: "Choose at least one feed, or any.",
      types: "has the type",
      typesPlaceholder: "Any type",
      addType: "Add type",
      removeType: (type: string) => `Remove type ${type}`,
      seenTypes: "Types seen lately",
      text: "has a title or body that matches",
      textPlaceholder: "Any text",
      textHint: "Words, or a regular expression such as fail|error. Upper and lower case are the same.",
      json: "has values in its JSON data",
      path: "Path",
      value: "Value",
      pathOf: (index: number) => `Path of value ${index}`,
      comparisonOf: (index: number) => `Comparison of value ${index}`,
      valueOf: (index: number) => `Value ${index} to compare with`,
      addTest: "Compare a value",
      removeTest: (index: number) => `Remove value ${index}`,
      seenPaths: "Values seen lately",
      comparisons: { equal: "is", notEqual: "is not", less: "is below", greater: "is above", contains: "contains", matches: "matches" } satisfies Record<Comparison, string>,
      priority: "has the priority",
      atLeast: "at least",
      atMost: "at most",
      anyPriority: "Any",
      hours: "arrives at certain times",
      hoursOn: "Only at these times",
      then: "Then",
      popup: "Popup",
      popups: { asSet: "As its feed is set", show: "Show one", store: "None, only store it" },
      stays: "It stays until it is dismissed",
      sets: "Priority",
      unchanged: "As it is",
      sound: "Sound",
      soundPlaceholder: "What the desktop does",
      soundHint: "A name such as message-new-instant, or none.",
      seenSounds: "Common sounds",
      sounds: { none: "silence", "message-new-instant": "a message", bell: "a bell", complete: "something is done", "dialog-warning": "a warning", "dialog-error": "an error", "alarm-clock-elapsed": "an alarm" } as Record<string, string>,
      read: "Mark it read",
      star: "Star it",
      add: "Add rule",
      save: "Save",
      trial: "On stored events",
      trying: "Trying…",
      nothingStored: "Nothing is stored yet to try it on.",
      incomplete: (message: string) => `To be tried, it has to be mended: ${message}`,
      decides: (held: number, of: number, feed: string | null) =>
        `This rule would have decided ${number.format(held)} of the last ${counted(of, "event", "events")}${feed === null ? "" : ` from ${feed}`}.`,
      popped: (popups: number, before: number) => `${number.format(popups)} would have popped up, ${popups === before ? "as many as" : number.format(before)} without this change.`,
      none: "It fits none of them, or rules above it come first.",
    },
  },
};
