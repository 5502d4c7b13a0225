// The demo: feeds that the app itself serves until a person has seen enough.
import type { Feed } from "../ipc/bindings";
import { text } from "../text";
import type { Session } from "./session.svelte";

export const isDemo = ({ url }: Feed): boolean => url.startsWith("tidings-demo:");

export async function addDemo(session: Session): Promise<boolean> {
  // The engine's own word about them may not have come yet.
  return session.ask(session.backend.addDemo().then((feeds) => feeds.forEach((feed) => session.know(feed))));
}

export async function removeDemo(session: Session): Promise<boolean> {
  const removed = await session.ask(session.backend.removeDemo());
  // It makes its events up anew.
  if (removed) session.bin.add({ numbers: [], text: text.demo.removed, restore: () => void addDemo(session) });
  return removed;
}
