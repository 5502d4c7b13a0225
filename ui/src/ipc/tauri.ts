// The backend of the real program: the only hand-written file that knows Tauri.
import { Channel } from "@tauri-apps/api/core";

import type { Backend } from "./backend";
import { commands, type Update } from "./bindings";
import { failureOf } from "./failure";

type Settled<T> = { status: "ok"; data: T } | { status: "error"; error: unknown };

function settled(answer: unknown): answer is Settled<unknown> {
  if (typeof answer !== "object" || answer === null || !("status" in answer)) return false;
  return (answer.status === "ok" && "data" in answer) || (answer.status === "error" && "error" in answer);
}

/** Takes the answer out of a call, whether the generated bindings throw or hand the error back as a value. */
async function answerOf<T>(call: Promise<T | Settled<T>>): Promise<T> {
  let answer: T | Settled<T>;
  try {
    answer = await call;
  } catch (thrown) {
    throw failureOf(thrown);
  }
  if (!settled(answer)) return answer as T;
  if (answer.status === "error") throw failureOf(answer.error);
  return answer.data as T;
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
  addFeed: (draft) => answerOf(commands.addFeed(draft)),
  editFeed: (feed, draft) => answerOf(commands.editFeed(feed, draft)),
  removeFeed: (feed) => done(commands.removeFeed(feed)),
  enableFeed: (feed, enabled) => done(commands.enableFeed(feed, enabled)),
  probe: (draft, feed) => answerOf(commands.probe(draft, feed)),
  page: (feed, before, limit) => answerOf(commands.page(feed, before, limit)),
  event: (id) => answerOf(commands.event(id)),
  markRead: (scope, read) => done(commands.markRead(scope, read)),
  pause: (paused) => done(commands.pause(paused)),
  reconnect: (feed) => done(commands.reconnect(feed)),
  retryKeyring: () => done(commands.retryKeyring()),
  openLink: (event) => done(commands.openLink(event)),
};
