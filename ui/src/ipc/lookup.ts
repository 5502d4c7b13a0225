// Searches as the scripted backend answers them: enough of the engine's language to work on the window.
import type { EventDetail, EventRow, Feed, Place, SearchAnswer } from "./bindings";

type Wrong = Extract<SearchAnswer, { kind: "wrong" }>;
type Fits = (row: EventRow) => boolean;

const PRIORITIES = ["min", "low", "normal", "high", "urgent"];

/** Finds events, newest first. */
export function lookUp(events: readonly EventDetail[], feeds: readonly Feed[], text: string, feed: string | null, place: Place, limit: number): SearchAnswer {
  const conditions: Fits[] = [];
  for (const match of text.matchAll(/(-?)(?:(\w+):)?("[^"]*"?|[^\s"]*)\S*/g)) {
    if (match[0] === "") continue;
    const fits = conditionOf(match[2]?.toLowerCase(), match[3]!.replaceAll('"', ""), feeds);
    if (typeof fits !== "function") {
      const start = [...text.slice(0, match.index)].length;
      return { kind: "wrong", start, end: start + [...match[0]].length, ...fits };
    }
    conditions.push(match[1] === "-" ? (row) => !fits(row) : fits);
  }
  const found = events.map(({ row }) => row).filter((row) => (feed === null || row.feed === feed) && conditions.every((fits) => fits(row))).reverse();
  return cut(found, place, limit);
}

function cut(found: EventRow[], place: Place, limit: number): SearchAnswer {
  const below = (id: string) => found.filter((row) => Number(row.id) < Number(id));
  switch (place.kind) {
    case "newer": {
      const above = found.filter((row) => Number(row.id) > Number(place.id));
      const rows = above.slice(-limit);
      return { kind: "found", rows, older: null, newer: above.length > limit ? rows[0]!.id : null };
    }
    case "newest":
    case "older":
    case "around": {
      const rest = place.kind === "newest" ? found : place.kind === "older" ? below(place.id) : below(String(Number(place.id) + 1));
      const rows = rest.slice(0, limit);
      return { kind: "found", rows, older: rest.length > limit ? rows.at(-1)!.id : null, newer: null };
    }
  }
}

function conditionOf(key: string | undefined, value: string, feeds: readonly Feed[]): Fits | Pick<Wrong, "message" | "mend"> {
  const wanted = value.toLowerCase();
  if (key === undefined) {
    const words = wanted.replaceAll("*", "");
    return (row) => `${row.title} ${row.body}`.toLowerCase().includes(words);
  }
  if (wanted === "") return { message: `“${key}:” has no value.`, mend: "Write it behind the colon." };
  const unknown = (known: string) => ({ message: `“${key}:” doesn't know “${value}”.`, mend: `Write ${known}.` });
  switch (key) {
    case "is": {
      const states: Record<string, Fits> = { read: (row) => row.read, unread: (row) => !row.read, starred: (row) => row.starred };
      return states[wanted] ?? unknown("is:unread, is:read or is:starred");
    }
    case "has":
      return wanted === "link" ? (row) => row.link !== null : unknown("has:link");
    case "priority": {
      const least = PRIORITIES.indexOf(wanted.replace("+", ""));
      if (least < 0) return unknown("priority:min, low, normal, high, urgent, or high+ for high and more");
      return (row) => (wanted.endsWith("+") ? PRIORITIES.indexOf(row.priority) >= least : row.priority === wanted);
    }
    case "feed": {
      const ids = feeds.filter(({ name }) => name.toLowerCase().includes(wanted)).map(({ id }) => id);
      return ids.length > 0 ? (row) => ids.includes(row.feed) : { message: `No feed is called “${value}”.`, mend: `The most alike is feed:${feeds[0]?.name ?? ""}.` };
    }
    case "type":
      return (row) => row.eventType.toLowerCase() === wanted;
    case "group":
      return (row) => row.group?.toLowerCase() === wanted;
    default:
      return { message: `There is no filter “${key}:”.`, mend: "To look for that text, put it in quotation marks." };
  }
}
