// Rules and templates as the scripted backend decides them: enough of the engine's to work on the window.
import type { EventDetail, Feed, Rehearsal, Rule, RuleFault, RulePart, Seen, TemplateFault, TemplatePart, Templates, Trial } from "./bindings";

const PRIORITIES = ["min", "low", "normal", "high", "urgent"];
const TRIED_ON = 200;
const SHOWN = 5;

/** Tells what is wrong with rules. */
export function faultsOf(rules: readonly Rule[]): RuleFault[] {
  return rules.flatMap((rule, index) => {
    const wrong = (part: RulePart, message: string, test: number | null = null): RuleFault[] => [{ rule: index, part, test, message }];
    const { atLeast, atMost, text, json, hours } = rule.when;
    if (hours !== null && !(/^\d\d:\d\d/.test(hours.from) && /^\d\d:\d\d/.test(hours.to))) return wrong("hours", "Hours begin and end at a time like 22:00.");
    if (atLeast !== null && atMost !== null && PRIORITIES.indexOf(atLeast) > PRIORITIES.indexOf(atMost)) return wrong("priority", "No event matters both so much and so little. Swap the two priorities.");
    if (rule.then.sound !== null && !/^[\w-][\w.-]*$/.test(rule.then.sound)) return wrong("sound", "A sound is a name such as message-new-instant, or none; not a file.");
    if (expression(text) === null) return wrong("text", "The expression can't be read: unclosed group. A sign that means itself needs a \\ before it.");
    const odd = json.findIndex(({ path }) => stepsOf(path) === null);
    if (odd >= 0) return wrong("json", json[odd]!.path === "" ? "The path is empty. Write the names on the way to the value, as in order.items[0].price." : `The path is wrong from "${json[odd]!.path}" on. Write it as in order.items[0].price or ["a name"].x.`, odd);
    const number = json.findIndex(({ is, value }) => (is === "less" || is === "greater") && (value.trim() === "" || Number.isNaN(Number(value))));
    return number >= 0 ? wrong("json", `"${json[number]!.value}" is no number. Write one such as 12.5.`, number) : [];
  });
}

/** Tells what rules would have done; events are given oldest first. */
export function tryRules(rules: readonly Rule[], events: readonly EventDetail[], feeds: readonly Feed[]): Trial {
  const faults = faultsOf(rules);
  if (faults.length > 0) return { kind: "wrong", faults };
  const held = rules.map(() => 0);
  let popups = 0;
  const tried = events.slice(-TRIED_ON);
  for (const event of tried) {
    const first = rules.findIndex((rule) => !rule.off && holds(rule, event));
    if (first >= 0) held[first]!++;
    const wanted = rules[first]?.then.popup ?? feeds.find(({ id }) => id === event.row.feed)?.notify ?? false;
    if (wanted) popups++;
  }
  return { kind: "tried", of: tried.length, popups, held };
}

/** Gives what events have to offer; they are given oldest first. */
export function seenIn(events: readonly EventDetail[]): Seen {
  const values = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) value.slice(0, 3).forEach((item, index) => walk(item, `${path}[${index}]`));
    else if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) walk(member, /^[A-Za-z_]\w*$/.test(name) ? `${path}${path === "" ? "" : "."}${name}` : `${path}[${JSON.stringify(name)}]`);
    } else if (path !== "" && !values.has(path)) values.set(path, value === null ? "" : String(value).slice(0, 60));
  };
  for (const { data } of events.slice(-60).reverse()) walk(parse(data), "");
  const types = [...new Set(events.slice(-500).reverse().map(({ row }) => row.eventType))].slice(0, 100);
  return { types, values: [...values].map(([path, sample]) => ({ path, sample })) };
}

/** Tells which templates can't be used. */
export function templateFaultsOf(templates: Templates): TemplateFault[] {
  return (Object.keys(templates) as TemplatePart[]).flatMap((part) => {
    const text = templates[part];
    const wrong = (at: number, problem: string): TemplateFault[] => {
      const before = text.slice(0, at).split("\n");
      return [{ part, line: before.length, column: [...before.at(-1)!].length + 1, problem }];
    };
    const open = text.lastIndexOf("{{");
    if (open >= 0 && !text.slice(open).includes("}}")) return wrong(text.length, "unexpected end of input, expected end of variable block");
    const filter = /\{\{[^}]*?(\|\s*(?!plain|trim|truncate|date|number|size|times|default|join|first|last|length|upper|lower|replace)\w+)/.exec(text);
    return filter === null ? [] : wrong(filter.index + filter[0].indexOf("|"), `there is no filter ${filter[1]!.slice(1).trim()}`);
  });
}

/** Shows how the last events would read; they are given oldest first. */
export function rehearse(templates: Templates, events: readonly EventDetail[], feed: Feed): Rehearsal {
  const faults = templateFaultsOf(templates);
  const usable = (part: TemplatePart) => templates[part].trim() !== "" && !faults.some((fault) => fault.part === part);
  const previews = events.slice(-SHOWN).reverse().map(({ row, data, lastEventId }) => {
    const failed: TemplateFault[] = [];
    const values: Record<string, unknown> = { data, type: row.eventType, id: lastEventId, feed: feed.name, received_at: row.receivedAtMs, json: parse(data) };
    const render = (part: TemplatePart) => templates[part].replaceAll(/\{\{\s*([^}|]+?)\s*(?:\|\s*(\w+)[^}]*)?\}\}/g, (_, path: string, filter: string | undefined) => {
      const value = find(values, path);
      if (filter === "number" && value !== undefined && Number.isNaN(Number(value))) failed.push({ part, line: 1, column: 1, problem: `number needs a number, and "${String(value)}" is none` });
      return value === undefined || value === null ? "" : String(value);
    }).trim();
    const made = (part: TemplatePart, otherwise: string | null) => (usable(part) ? render(part) : (otherwise ?? ""));
    const link = made("link", row.link);
    const priority = made("priority", row.priority);
    return {
      title: made("title", row.title) || row.title,
      body: made("body", row.body),
      link: /^https?:/.test(link) ? link : null,
      priority: PRIORITIES.includes(priority) ? (priority as typeof row.priority) : row.priority,
      key: made("key", null) || null,
      group: made("group", null) || null,
      faults: failed,
    };
  });
  return { previews, faults };
}

function holds({ when }: Rule, { row, data }: EventDetail): boolean {
  const priority = PRIORITIES.indexOf(row.priority);
  const json = when.json.length === 0 ? undefined : parse(data);
  return (
    (when.feeds.length === 0 || when.feeds.includes(row.feed)) &&
    (when.types.length === 0 || when.types.includes(row.eventType)) &&
    (when.atLeast === null || priority >= PRIORITIES.indexOf(when.atLeast)) &&
    (when.atMost === null || priority <= PRIORITIES.indexOf(when.atMost)) &&
    (expression(when.text)?.test(`${row.title}\n${row.body}`) ?? false) &&
    when.json.every((test) => compares(find(json, test.path), test.is, test.value))
  );
}

function compares(value: unknown, is: Rule["when"]["json"][number]["is"], wanted: string): boolean {
  if (value === undefined) return false;
  switch (is) {
    case "equal":
      return String(value) === wanted || Number(value) === Number(wanted || Number.NaN);
    case "notEqual":
      return String(value) !== wanted;
    case "less":
      return Number(value) < Number(wanted);
    case "greater":
      return Number(value) > Number(wanted);
    case "contains":
      return (Array.isArray(value) ? value.map(String) : [String(value)]).some((each) => each.toLowerCase().includes(wanted.toLowerCase()));
    case "matches":
      return expression(wanted)?.test(String(value)) ?? false;
  }
}

function expression(text: string): RegExp | null {
  try {
    return new RegExp(text, "i");
  } catch {
    return null;
  }
}

function stepsOf(path: string): string[] | null {
  const steps = [...path.matchAll(/\.?([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g)];
  return path !== "" && steps.map(([step]) => step).join("") === path ? steps.map(([, name, index, quoted]) => name ?? index ?? quoted!) : null;
}

function find(value: unknown, path: string): unknown {
  return stepsOf(path)?.reduce<unknown>((inner, step) => (typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[step] : undefined), value);
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
