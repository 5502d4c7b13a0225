// What the scripted backend plays: feeds in every state and events of every kind.
import type { Action, Connection, EventDetail, EventRow, Feed, FeedState, Picture, Priority, Problem, Rule, Trace } from "./bindings";
import { instrumentsAt } from "./instruments";

export type Scene = { feeds: Feed[]; events: EventDetail[]; problems: Problem[]; rules: Rule[] };
export type Told = Partial<EventRow> & { data?: string; lastEventId?: string; trace?: Partial<Trace>; actions?: Action[] };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A small square. */
export const PICTURE: Picture = { name: "0a", url: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mPQq7hEEmIY1TCqYfhqAABAwXgQdWNyNQAAAABJRU5ErkJggg==" };

const ORDINARY: Connection = { method: "", body: false, authority: false, clientCertificate: false, pin: "", proxy: { kind: "system" }, silenceSeconds: null, longestWaitSeconds: null, plainHttp: false };

function feed(id: string, name: string, url: string, state: FeedState, more: Partial<Feed> = {}): Feed {
  return { id, name, icon: { kind: "none" }, url, enabled: true, notify: true, mute: { kind: "off" }, bursting: false, preset: null, recognised: null, signIn: { kind: "none" }, headerNames: [], connection: ORDINARY, secrets: "notNeeded", state, unread: 0, ...more };
}

function feeds(nowMs: number): Feed[] {
  const why = (code: "signIn" | "keyring" | "other", message: string) => ({ code, message });
  return [
    feed("f1", "Deploys", "https://ci.example.org/events", { kind: "live", sinceMs: nowMs - 47 * MINUTE_MS }, {
      icon: { kind: "emoji", emoji: "🚀" },
      signIn: { kind: "bearer" },
      headerNames: ["X-Project"],
      secrets: "kept",
    }),
    feed("f2", "Home sensors", "https://home.example.org/api/stream", { kind: "live", sinceMs: nowMs - 26 * HOUR_MS }, { recognised: "homeAssistant" }),
    feed("f3", "Price ticker", "http://localhost:8080/ticker", { kind: "live", sinceMs: nowMs - 3 * MINUTE_MS }, { notify: false }),
    feed("f4", "Wikimedia recent changes", "https://stream.wikimedia.org/v2/stream/recentchange", {
      kind: "waiting",
      untilMs: nowMs + 72_000,
      why: why("other", "The server refused the connection."),
    }, { recognised: "wikimedia" }),
    feed("f5", "Team channel", "https://chat.example.org/sse", { kind: "needsPerson", why: why("signIn", "The server refused the sign-in (401). Check the user name and password.") }, {
      icon: { kind: "picture", picture: PICTURE },
      signIn: { kind: "basic", username: "mira" },
      secrets: "kept",
    }),
    feed("f6", "Backups", "https://backup.example.org/stream", { kind: "needsPerson", why: why("keyring", "The keyring is locked, so the token can’t be read.") }, {
      signIn: { kind: "bearer" },
      secrets: "missing",
    }),
    feed("f7", "Build farm", "https://farm.example.org/feed?access_token=***&branch=main", { kind: "connecting" }, {
      secrets: "kept",
      connection: {
        method: "POST",
        body: true,
        authority: true,
        clientCertificate: true,
        pin: "sha256/9xkHkMaQ3sWc1T5rX0sT1u8p5yq1nHj3m2C4oVd7aZ0=",
        proxy: { kind: "url", url: "socks5h://proxy.example.org:1080", username: "mira" },
        silenceSeconds: 120,
        longestWaitSeconds: null,
        plainHttp: false,
      },
    }),
    feed("f8", "Old notices", "https://old.example.org/notices", { kind: "stoppedByServer", why: why("other", "The server said there is nothing more to come (204).") }),
    feed("f9", "Weather warnings", "https://weather.example.org/warnings", { kind: "disabled" }, { enabled: false }),
  ];
}

const STORIES: Told[] = [
  { feed: "f1", eventType: "deploy", title: "web 2.14.0 is live", body: "Rolled out to 12 of 12 machines in 3 min 41 s.\nNo errors in the first five minutes.", link: "https://ci.example.org/runs/8841", data: '{"title":"web 2.14.0 is live","run":8841,"machines":{"done":12,"all":12},"commit":"9f3c1ab","checks":["unit","browser","smoke"],"big":12345678901234567890}' },
  { feed: "f2", eventType: "alert", title: "Water in the cellar", body: "Sensor 3 has been wet for two minutes.", priority: "urgent", trace: { rule: "Alarms" } },
  { feed: "f1", eventType: "deploy", title: "api 5.2.1 failed its checks", body: "2 of 418 checks failed: resume_after_restart, quota_is_per_feed.", priority: "high", link: "https://ci.example.org/runs/8840" },
  { feed: "f3", eventType: "price-update", title: "BTC 68,201.40", body: "up 0.4 % in an hour", priority: "min", trace: { presented: "suppressed", stop: { kind: "feedOff" } }, data: '{"symbol":"BTC","price":68201.40,"change":0.004}' },
  { feed: "f2", eventType: "message", title: "Front door opened", body: "" },
  { feed: "f5", eventType: "chat", title: "Mira: the release notes are ready for a second pair of eyes", body: "I left two questions in the margin.\nNo hurry." },
  { feed: "f2", eventType: "message", title: "Living room 21.4 °C", body: "humidity 44 %", priority: "low", trace: { presented: "suppressed", rule: "Room climate", stop: { kind: "rule" } } },
  { feed: "f4", eventType: "message", title: "An edit whose title is so long that no list can ever show all of it, however wide the window is drawn by its owner", body: "https://example.org/a/path/without/any/place/to/break/it/which/goes/on/and/on/and/on/until/it/leaves/the/window" },
  { feed: "f6", eventType: "backup", title: "Nightly backup finished", body: "412 GB in 2 h 10 min, 3 files skipped.", trace: { stop: { kind: "quiet", untilMs: new Date().setHours(7, 0, 0, 0) } } },
];

function rule(name: string, when: Partial<Rule["when"]>, then: Partial<Rule["then"]>, off = false): Rule {
  return {
    name,
    off,
    when: { feeds: [], types: [], text: "", json: [], atLeast: null, atMost: null, hours: null, ...when },
    then: { popup: null, stays: false, priority: null, sound: null, read: false, star: false, ...then },
  };
}

const RULES: Rule[] = [
  rule("Alarms", { feeds: ["f2"], text: "water|smoke" }, { popup: true, stays: true, priority: "urgent", sound: "alarm-clock-elapsed", star: true }),
  rule("Big moves", { feeds: ["f3"], types: ["price-update"], json: [{ path: "symbol", is: "equal", value: "BTC" }, { path: "change", is: "greater", value: "0.05" }] }, { popup: true }),
  rule("Room climate", { feeds: ["f2"], types: ["message"], text: "°C" }, { popup: false, read: true }),
  rule("Chat is for working hours", { feeds: ["f5", "gone"], hours: { from: "18:00", to: "09:00", days: ["mon", "tue", "wed", "thu", "fri"] } }, { popup: false }, true),
];

function event(id: number, told: Told, receivedAtMs: number): EventDetail {
  const { data, lastEventId, trace, actions, ...row } = told;
  const whole: EventRow = {
    id: String(id),
    feed: "f1",
    receivedAtMs,
    eventType: "message",
    title: "",
    body: "",
    priority: "normal" satisfies Priority,
    link: null,
    key: null,
    group: null,
    read: true,
    starred: false,
    ...row,
  };
  return { row: whole, data: data ?? [whole.title, whole.body].filter(Boolean).join("\n"), lastEventId: lastEventId ?? "", trace: { presented: "shown", rule: null, stop: null, template: null, ...trace }, actions: actions ?? [] };
}

/** Makes one event out of what a test tells of it. */
export function eventOf(id: number, told: Told): EventDetail {
  return event(id, { read: false, ...told }, told.receivedAtMs ?? Date.now());
}

function unread(scene: Scene): Scene {
  for (const each of scene.feeds) each.unread = scene.events.filter(({ row }) => row.feed === each.id && !row.read).length;
  return scene;
}

/** Two prices in turn, for long. */
function ticks(nowMs: number): EventDetail[] {
  const symbols = ["BTC", "ETH"];
  return Array.from({ length: 6_000 }, (_, index) => {
    const key = symbols[index % 2]!;
    return event(index + 1, { feed: "f3", eventType: "price-update", title: `${key} ${68_000 + index}`, key }, nowMs - (6_000 - index) * 100);
  });
}

/** Sets the scene of that name. */
export function sceneOf(name: string): Scene {
  const nowMs = Date.now();
  if (name === "nofeeds") return { feeds: [], events: [], problems: [], rules: [] };
  if (name === "demo") return { feeds: [...feeds(nowMs).slice(0, 2), ...demoFeeds()], events: [], problems: [], rules: [] };
  if (name === "instruments") return instruments(nowMs);
  const all = feeds(nowMs);
  if (name === "bursting") all[0]!.bursting = true;
  if (name === "empty") return { feeds: all.slice(0, 2), events: [], problems: [], rules: [] };
  if (name === "ticks") return unread({ feeds: all, events: ticks(nowMs), problems: [], rules: [] });
  const count = name === "many" ? 50_000 : 260;
  const everyMs = name === "many" ? 4 * MINUTE_MS : 23 * MINUTE_MS;
  const events: EventDetail[] = [];
  for (let age = count - 1; age >= 0; age--) {
    const id = count - age;
    const told = STORIES[age % STORIES.length]!;
    const numbered = age < STORIES.length ? told : { ...told, title: `${told.title ?? ""} (${id})` };
    events.push(event(id, { lastEventId: `${told.feed}-${id}`, ...numbered, read: ![0, 1, 2, 4, 9, 13].includes(age), starred: [2, 11, 40].includes(age) }, nowMs - age * everyMs - 20_000));
  }
  const problems: Problem[] = name === "problems" ? [
    { part: "keyring", message: "The keyring is locked. Feeds with a sign-in wait for it." },
    { part: "settings", message: "settings.toml can’t be read: line 12, column 8: expected a quoted text. The feeds of the last good version are used." },
  ] : [];
  return unread({ feeds: all, events, problems, rules: name === "rules" ? RULES : [] });
}

/** A machine, prices and tasks that have sent numbers for a quarter of an hour, and a feed that is away. */
function instruments(nowMs: number): Scene {
  const live: FeedState = { kind: "live", sinceMs: nowMs - HOUR_MS };
  const waiting: FeedState = { kind: "waiting", untilMs: nowMs + 72_000, why: { code: "other", message: "The server refused the connection." } };
  const all = [
    feed("m", "This machine", "http://localhost:8080/metrics", live),
    feed("t", "Ticker", "http://localhost:8080/ticker", live),
    feed("p", "Progress", "http://localhost:8080/progress", live),
    feed("w", "Weather warnings", "https://weather.example.org/warnings", waiting),
  ];
  const events: EventDetail[] = [];
  for (let atMs = nowMs - 15 * MINUTE_MS; atMs < nowMs; atMs += 1_000) {
    for (const told of instrumentsAt(Math.floor(atMs / 1_000))) events.push(event(events.length + 1, told, atMs));
  }
  return unread({ feeds: all, events, problems: [], rules: [] });
}

/** What the app itself serves. */
export function demoFeeds(): Feed[] {
  const live: FeedState = { kind: "live", sinceMs: Date.now() };
  const offers = [["activity", "Workshop", "🛠️"], ["ticker", "Ticker", "📈"], ["metrics", "This machine", "🖥️"], ["progress", "Tasks", "⏳"]] as const;
  return offers.map(([path, name, emoji]) => feed(`demo-${path}`, name, `tidings-demo:/${path}`, live, { icon: { kind: "emoji", emoji }, notify: path === "activity" }));
}

/** Gives the next of the stories, as a live feed would tell it. */
export function storyAt(turn: number): Told {
  return STORIES[turn % STORIES.length]!;
}
