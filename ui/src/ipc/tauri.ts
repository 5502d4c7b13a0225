// The backend of the real program: the only hand-written file that knows Tauri.
import { Channel } from "@tauri-apps/api/core";

import type { Backend } from "./backend";
import { commands, type Update } from "./bindings";
import { failureOf } from "./failure";

/** Waits for a command; whatever it throws becomes a failure of the contract. */
async function answerOf<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

async function done(call: Promise<unknown>): Promise<void> {
  await answerOf(call);
}

/** Reaches the engine through the shell's commands. */
export const tauri: Backend = {
  attach(hear) {
    const channel = new Channel<Update>();
    channel.onmessage = hear;
    return answerOf(commands.attach(channel));
  },
  quit: () => done(commands.quit()),
  addFeed: (draft) => answerOf(commands.addFeed(draft)),
  editFeed: (feed, draft) => answerOf(commands.editFeed(feed, draft)),
  choosePicture: () => answerOf(commands.choosePicture()),
  removeFeed: (feed) => done(commands.removeFeed(feed)),
  addDemo: () => answerOf(commands.addDemo()),
  removeDemo: () => done(commands.removeDemo()),
  enableFeed: (feed, enabled) => done(commands.enableFeed(feed, enabled)),
  probe: (draft, feed) => answerOf(commands.probe(draft, feed)),
  page: (feed, before, limit) => answerOf(commands.page(feed, before, limit)),
  event: (id) => answerOf(commands.event(id)),
  markRead: (scope, read) => done(commands.markRead(scope, read)),
  search: (text, feed, place, order, limit) => answerOf(commands.search(text, feed, place, order, limit)),
  searches: () => answerOf(commands.searches()),
  setSearches: (searches) => done(commands.setSearches(searches)),
  star: (id, starred) => done(commands.star(id, starred)),
  delete: (scope) => answerOf(commands.delete(scope)),
  undo: (deletion) => done(commands.undo(deletion)),
  exportEvents: (text, feed, format) => answerOf(commands.exportEvents(text, feed, format)),
  pause: (paused) => done(commands.pause(paused)),
  mute: (feed, span) => done(commands.mute(feed, span)),
  settleBursts: (feed, popups) => done(commands.settleBursts(feed, popups)),
  quiet: () => answerOf(commands.quiet()),
  setQuiet: (quiet) => done(commands.setQuiet(quiet)),
  rules: () => answerOf(commands.rules()),
  setRules: (rules) => answerOf(commands.setRules(rules)),
  tryRules: (rules, feed) => answerOf(commands.tryRules(rules, feed)),
  seen: (feed) => answerOf(commands.seen(feed)),
  templates: (feed) => answerOf(commands.templates(feed)),
  setTemplates: (feed, templates) => answerOf(commands.setTemplates(feed, templates)),
  tryTemplates: (feed, templates) => answerOf(commands.tryTemplates(feed, templates)),
  reconnect: (feed) => done(commands.reconnect(feed)),
  retryKeyring: () => done(commands.retryKeyring()),
  openLink: (event, action) => done(commands.openLink(event, action)),
  testPopup: () => answerOf(commands.testPopup()),
  health: (feed) => answerOf(commands.health(feed)),
  diagnostics: () => answerOf(commands.diagnostics()),
  keep: (feed) => answerOf(commands.keep(feed)),
  setKeep: (feed, keep) => done(commands.setKeep(feed, keep)),
  tiles: () => answerOf(commands.tiles()),
  setTiles: (tiles) => done(commands.setTiles(tiles)),
  numbers: (feed) => answerOf(commands.numbers(feed)),
  chart: (lines, span, after) => answerOf(commands.chart(lines, span, after)),
  sentences: (language) => answerOf(commands.sentences(language)),
  setWindow: (window) => done(commands.setWindow(window)),
  network: () => answerOf(commands.network()),
  setNetwork: (proxy, secrets) => done(commands.setNetwork(proxy, secrets)),
  login: () => answerOf(commands.login()),
  setLogin: (on) => done(commands.setLogin(on)),
  previewFeeds: (text) => answerOf(commands.previewFeeds(text)),
  addFeeds: (text, chosen, secrets) => answerOf(commands.addFeeds(text, chosen, secrets)),
  importEvents: () => answerOf(commands.importEvents()),
  exportSettings: () => answerOf(commands.exportSettings()),
  stopWork: (number) => done(commands.stopWork(number)),
  about: () => answerOf(commands.about()),
};
