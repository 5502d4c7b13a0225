// The list is live, never moves what is being read, and stays small however much is loaded.
import { expect, test } from "./window";

test("the newest is on top, under its day", async ({ tidings, page }) => {
  await tidings.open();
  await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
  await tidings.arrive({ feed: "f2", title: "The cat is back", priority: "high" });
  await expect(tidings.events.first()).toContainText("The cat is back");
  await expect(tidings.events.first()).toHaveAccessibleName(/^Unread: The cat is back Priority: High now Home sensors/);
  await expect(page.getByText("Today", { exact: true })).toBeVisible();
});

test("a feed shows its own events", async ({ tidings }) => {
  await tidings.open();
  await tidings.feed("Home sensors").click();
  await expect(tidings.title).toHaveText("Home sensors");
  await expect(tidings.events.first()).toContainText("Water in the cellar");
  await tidings.arrive({ feed: "f1", title: "elsewhere" }, { feed: "f2", title: "here" });
  await expect(tidings.events.first()).toContainText("here");
  await expect(tidings.event("elsewhere")).toHaveCount(0);
});

test("nothing moves under a reader further down, and a button tells what waits", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.list.evaluate((list) => (list.scrollTop = 700));
  const row = tidings.event("(240)");
  await expect(row).toBeVisible();
  const before = await row.boundingBox();
  await tidings.arrive(...Array.from({ length: 7 }, (_, index) => ({ feed: "f1", title: `new ${index}` })));
  const pill = page.getByRole("button", { name: "Show 7 new events" });
  await expect(pill).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
  await pill.click();
  await expect(tidings.events.first()).toContainText("new 6");
  await expect(pill).toBeHidden();
  await expect.poll(() => tidings.list.evaluate((list) => list.scrollTop)).toBe(0);
});

test("under another place the list rests, and is up to date where it was left", async ({ tidings, page }) => {
  await tidings.open();
  const news = (count: number, name: string) => tidings.arrive(...Array.from({ length: count }, (_, index) => ({ feed: "f1", title: `${name} ${index}` })));
  await tidings.list.evaluate((list) => (list.scrollTop = 700));
  const row = tidings.event("(240)");
  await expect(row).toBeVisible();
  const before = await row.boundingBox();
  await page.getByRole("button", { name: "Dashboard" }).click();
  await expect(tidings.list).toBeHidden();
  await page.evaluate(() => {
    const changes = { count: 0 };
    Object.assign(window, { changes });
    new MutationObserver(({ length }) => (changes.count += length)).observe(document.querySelector("[role=listbox]")!, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await news(5, "unseen");
  await expect(tidings.feeds.getByText("8", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { changes: { count: number } }).changes.count)).toBe(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Show 5 new events" })).toBeVisible();
  await expect.poll(() => row.boundingBox()).toEqual(before);

  await page.getByRole("button", { name: "Show 5 new events" }).click();
  await page.getByRole("button", { name: "Dashboard" }).click();
  await news(3, "later");
  await page.keyboard.press("Escape");
  await expect(tidings.events.first()).toContainText("later 2");
});

test("a flood holds still while the pointer moves over it and goes on afterwards", async ({ tidings, page }) => {
  await tidings.open();
  const stop = await page.evaluateHandle(() => window.tidings!.flood(40));
  await expect(tidings.events.first()).toContainText("BTC 680");
  const seen = await tidings.list.evaluate(async (list) => {
    const titles = new Set<string>();
    for (let step = 0; step < 12; step++) {
      list.dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 80));
      if (step > 1) titles.add(list.querySelector("[role=option]")!.textContent!);
    }
    return [...titles];
  });
  expect(seen).toHaveLength(1);
  await expect(page.getByRole("button", { name: /^Show \d+ new event/ })).toBeHidden();
  await expect(tidings.events.first()).not.toHaveText(seen[0]!);
  await stop.evaluate((end) => end());
});

test("older events come as one scrolls, to the very first", async ({ tidings }) => {
  await tidings.open();
  await expect(async () => {
    await tidings.list.evaluate((list) => (list.scrollTop = list.scrollHeight));
    await expect(tidings.event("(1)")).toBeVisible({ timeout: 300 });
  }).toPass();
  const pages = await tidings.calls("page");
  expect(pages[0]).toEqual([null, "161", 200]);
});

test("a failed page can be asked for again", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.fail("page", { code: "storage", field: null, message: "The history can’t be read." });
  await tidings.list.evaluate((list) => (list.scrollTop = list.scrollHeight));
  await expect(page.getByRole("status")).toHaveText("The history can’t be read.");
  await page.getByRole("button", { name: "Load older events" }).click();
  await expect.poll(() => tidings.list.evaluate((list) => list.scrollHeight)).toBeGreaterThan(10_000);
});

test("fifty thousand loaded events are a few dozen elements", async ({ tidings, page }) => {
  await tidings.open("scene=many");
  await page.evaluate(() => {
    window.tidings!.emit({ kind: "arrived", rows: Array.from({ length: 50_000 }, (_, index) => ({ id: String(index + 1), feed: "f2", receivedAtMs: Date.now() - (50_000 - index) * 60_000, eventType: "message", title: `row ${index + 1}`, body: "", priority: "normal", link: null, key: null, group: null, read: true, starred: false })) });
  });
  await tidings.arrive({ feed: "f1", title: "the newest" });
  await expect(tidings.event("the newest")).toBeVisible();
  for (const part of [0.5, 0.99, 0.2, 0]) {
    await tidings.list.evaluate((list, to) => (list.scrollTop = list.scrollHeight * to), part);
    const box = (await tidings.list.boundingBox())!;
    // The frame after the scroll, not the one it happened in.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const covered = await page.evaluate(({ x, y, height }) => [0.3, 0.6, 0.95].map((at) => document.elementFromPoint(x + 60, y + height * at)?.closest("[role=option]") != null), box);
    expect(covered).toEqual([true, true, true]);
    await expect.poll(() => tidings.events.count()).toBeLessThan(40);
  }
});

test("what was lost comes back with a snapshot, and the reader keeps the place", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.list.evaluate((list) => (list.scrollTop = 700));
  const row = tidings.event("(240)");
  const before = await row.boundingBox();
  await page.evaluate(() => {
    const feed = { id: "f1", name: "Renamed", icon: { kind: "none" as const }, url: "https://x.example", enabled: true, notify: true, mute: { kind: "off" as const }, bursting: false, preset: null, recognised: null, signIn: { kind: "none" as const }, headerNames: [], connection: { method: "", body: false, authority: false, clientCertificate: false, pin: "", proxy: { kind: "system" as const }, silenceSeconds: null, longestWaitSeconds: null, plainHttp: false }, secrets: "notNeeded" as const, state: { kind: "connecting" as const }, unread: 2 };
    const rows = Array.from({ length: 100 }, (_, index) => ({ id: String(290 - index), feed: "f1", receivedAtMs: Date.now(), eventType: "message", title: `web (${290 - index})`, body: "", priority: "normal" as const, link: null, key: null, group: null, read: false, starred: false }));
    window.tidings!.emit({ kind: "snapshot", snapshot: { feeds: [feed], recent: rows, paused: false, mute: { kind: "off" }, window: { theme: "system", density: "comfortable", textPercent: 100, onClose: "tray", hiddenAtLogin: true, language: "system" }, problems: [], works: [] } });
  });
  await expect(tidings.feed("Renamed, Connecting…, 2 unread events")).toBeVisible();
  await expect(page.getByRole("button", { name: "Show 30 new events" })).toBeVisible();
  expect((await row.boundingBox())!.y).toBe(before!.y);
});

test("empty places say so", async ({ tidings, page }) => {
  await tidings.open("scene=empty");
  await expect(page.getByText("No events yet")).toBeVisible();
  await expect(page.getByText("Nothing chosen")).toBeVisible();
  await tidings.arrive({ feed: "f1", title: "the first one" });
  await expect(tidings.event("the first one")).toBeVisible();
});

test("problems are shown until they are mended", async ({ tidings, page }) => {
  await tidings.open("scene=problems");
  const problems = page.getByRole("region", { name: "Problems" });
  await expect(problems).toContainText("settings.toml can’t be read: line 12");
  await problems.getByRole("button", { name: "Try again" }).click();
  await expect(problems).not.toContainText("The keyring is locked.");
  await tidings.emit({ kind: "problems", problems: [] });
  await expect(problems).toBeHidden();
});

test("a start that failed can be tried again", async ({ page }) => {
  await page.addInitScript(() => {
    let hook: Window["tidings"];
    Object.defineProperty(window, "tidings", {
      get: () => hook,
      set(value) {
        hook = value;
        value.fail("attach", { code: "storage", field: null, message: "The history can’t be opened." });
      },
    });
  });
  await page.goto("");
  await expect(page.getByText("The history can’t be opened.")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "All feeds" })).toBeVisible();
});
