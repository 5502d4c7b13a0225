// The dashboard: suggested tiles, tiles that a person makes and orders, charts in words and tables, by mouse and by keyboard alone.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Locator, Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

import { expect, test, type Tidings } from "./window";

const AXE = readFileSync(join(__dirname, "../../ui/node_modules/axe-core/axe.min.js"), "utf8");

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(() => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" | ")}`);
}

async function visit(tidings: Tidings, scene = "scene=instruments"): Promise<void> {
  await tidings.open(scene);
  await tidings.page.getByRole("button", { name: "Dashboard" }).click();
  await expect(tidings.title).toHaveText("Dashboard");
}

const tiles = (page: Page): Locator => page.getByRole("region", { name: "Dashboard" }).locator("li.tile");
const tile = (page: Page, label: string): Locator => tiles(page).filter({ has: page.getByRole("heading", { name: label, exact: true }) });
const labels = (page: Page): Promise<string[]> => tiles(page).getByRole("heading", { level: 4 }).allInnerTexts();

test("suggests tiles for what the demo feeds send, with units, and keeps them on request", async ({ tidings, page }) => {
  await visit(tidings);
  await expect(tile(page, "CPU")).toContainText(/\d%/);
  await expect.poll(() => labels(page)).toEqual(["CPU", "Memory", "Memory used", "Load 1 min", "Received", "ASH price", "ELM price", "OAK price", "YEW price", "Progress"]);
  await expect(tile(page, "Received")).toContainText("KiB/s");
  await expect(tile(page, "Progress").getByRole("progressbar").first()).toHaveAttribute("aria-valuenow", /^\d+$/);
  await expect(tile(page, "OAK price")).toContainText(/In the last 5 minutes from [\d.]+ to [\d.]+; lowest [\d.]+, highest [\d.]+\./);
  expect(await tidings.calls("setTiles")).toEqual([]);
  await page.getByRole("button", { name: "Keep these" }).click();
  await expect(page.getByRole("button", { name: "Keep these" })).toBeHidden();
  expect(((await tidings.calls("setTiles"))[0]![0] as unknown[]).length).toBe(10);
  await expect(tidings.title).toBeFocused();
});

test("follows what arrives by asking for that alone, and rests while nothing comes", async ({ tidings, page }) => {
  await visit(tidings);
  await expect(tile(page, "OAK price")).toBeVisible();
  await expect(tile(page, "OAK price").locator("strong")).toBeVisible();
  await tidings.arrive({ feed: "t", title: "OAK", data: '{"symbol":"OAK","price":77.25,"change":0}' });
  await expect(tile(page, "OAK price").locator("strong")).toHaveText("77.25");
  const calls = await tidings.calls("chart");
  expect(calls.at(-1)![2]).not.toBeNull();
  await page.waitForTimeout(2_500);
  expect((await tidings.calls("chart")).length).toBe(calls.length);
});

test("shows all feeds with their state and how often they send", async ({ tidings, page }) => {
  await visit(tidings);
  const feed = (name: string) => page.getByRole("region", { name: "Dashboard" }).locator("li:not(.tile)").filter({ hasText: name });
  await feed("Weather warnings").scrollIntoViewIfNeeded();
  await expect(feed("Weather warnings")).toContainText("Next try in");
  await expect(feed("Weather warnings")).toContainText("No events in this time");
  await expect(feed("Ticker")).toContainText(/2[34]\d\s\/\smin/);
});

test("a tile opens as a chart in words and as a table, over any range", async ({ tidings, page }) => {
  await visit(tidings);
  await tile(page, "OAK price").click();
  const chart = page.getByRole("dialog", { name: "OAK price" });
  await expect(chart.getByRole("img", { name: "Line chart of OAK price" }).locator("canvas")).toBeVisible();
  await expect(chart).toContainText("symbol = OAK");
  await expect(chart).toContainText("In the last 5 minutes");
  await chart.getByRole("radio", { name: "The last hour" }).check({ force: true });
  await expect(chart).toContainText("In the last hour from");
  await expect(chart.locator("canvas")).toHaveCount(1);
  await chart.getByRole("button", { name: "Show as a table" }).click();
  await expect(chart.getByRole("row")).not.toHaveCount(1);
  await expect.poll(() => chart.getByRole("row").count()).toBeLessThanOrEqual(61);
  await chart.locator(".u-over").hover({ position: { x: 600, y: 100 } });
  await expect(chart.locator(".value")).toContainText(/\d\d:\d\d · [\d.]+/);
  await page.keyboard.press("Escape");
  await expect(chart).toBeHidden();
  await expect(tile(page, "OAK price").getByRole("button", { name: "OAK price", exact: true })).toBeFocused();
});

test("another range is asked for as a whole", async ({ tidings, page }) => {
  await visit(tidings);
  await expect(tile(page, "CPU")).toBeVisible();
  await page.getByRole("radio", { name: "The last 30 days" }).check({ force: true });
  await expect(tile(page, "CPU")).toContainText("In the last 30 days");
  const [, span, after] = (await tidings.calls("chart")).at(-1)! as [unknown, { fromMs: number; toMs: number; widthMs: number }, string | null];
  expect([span.toMs - span.fromMs, after]).toEqual([30 * 86_400_000, null]);
});

test("a tile is made, changed and removed by mouse", async ({ tidings, page }) => {
  await visit(tidings);
  await page.getByRole("button", { name: "Add tile" }).click();
  await tidings.dialog.getByLabel("Feed").selectOption("Ticker");
  await tidings.dialog.getByLabel("Number", { exact: true }).selectOption({ label: "change (0)" });
  await tidings.dialog.getByLabel("Only where").selectOption("symbol");
  await tidings.dialog.getByLabel("is", { exact: true }).selectOption("YEW");
  await expect(tidings.dialog.getByLabel("Name")).toHaveValue("YEW change");
  await tidings.dialog.getByLabel("Unit").fill("€");
  await tidings.dialog.getByRole("button", { name: "Add tile" }).click();
  await expect(tile(page, "YEW change")).toContainText("0\u00a0€");
  const kept = (await tidings.calls("setTiles"))[0]![0] as object[];
  expect(kept.at(-1)).toEqual({ feed: "t", shows: "number", path: "change", only: { path: "symbol", equals: "YEW" }, label: "YEW change", unit: "€" });
  expect(kept.length).toBe(11);

  await page.getByRole("button", { name: "Actions for YEW change" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  await tidings.dialog.getByLabel("How many events come").check();
  await tidings.dialog.getByLabel("Name").fill("Yew");
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(tile(page, "Yew")).toContainText("/ min");

  await page.getByRole("button", { name: "Actions for Yew", exact: true }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(tile(page, "Yew")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Tile “Yew” removed." })).toBeVisible();
});

test("tiles are put in order by dragging", async ({ tidings, page }) => {
  await visit(tidings);
  await expect(tile(page, "CPU")).toBeVisible();
  const third = (await tiles(page).nth(2).boundingBox())!;
  await tile(page, "CPU").getByRole("button", { name: "Move CPU" }).hover();
  await page.mouse.down();
  await page.mouse.move(third.x + third.width / 2, third.y + third.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(page.getByRole("button", { name: "Keep these" })).toBeHidden();
  expect((await labels(page)).slice(0, 3)).toEqual(["Memory", "Memory used", "CPU"]);
  expect(((await tidings.calls("setTiles"))[0]![0] as { label: string }[]).slice(0, 3).map(({ label }) => label)).toEqual(["Memory", "Memory used", "CPU"]);
});

test("everything is done by keyboard alone", async ({ tidings, page }) => {
  await tidings.open("scene=instruments");
  await page.getByRole("button", { name: "Dashboard" }).focus();
  await page.keyboard.press("Enter");
  await expect(tidings.title).toBeFocused();
  await expect(tile(page, "CPU")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: "The last 5 minutes" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "The last hour" })).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Add tile" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "CPU", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "CPU" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "CPU", exact: true })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Move CPU" })).toBeFocused();
  expect((await labels(page)).slice(0, 2)).toEqual(["Memory", "CPU"]);
  await expect(page.getByRole("status").filter({ hasText: "CPU is tile 2 of 10." })).toBeAttached();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Remove" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tile(page, "CPU")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Memory used", exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Dashboard" })).toBeHidden();
});

test("nothing to show, nothing left and a failure each have a way on", async ({ tidings, page }) => {
  await visit(tidings, "scene=empty");
  await expect(page.getByText("No numbers yet")).toBeVisible();
  await tidings.arrive({ feed: "f1", title: "first", data: '{"temperature_celsius": 21.5}' });
  await expect(tile(page, "Temperature")).toContainText("21.5\u00a0°C");
  await page.getByRole("button", { name: "Actions for Temperature" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(page.getByText("No tiles", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Suggest tiles" }).click();
  await expect(tile(page, "Temperature")).toBeVisible();

  await tidings.fail("chart", { code: "storage", field: null, message: "The disk failed." });
  await page.getByRole("radio", { name: "The last 6 hours" }).check({ force: true });
  await expect(page.getByRole("alert")).toContainText("The disk failed.");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("alert")).toBeHidden();

  await tidings.fail("setTiles", { code: "invalid", field: "tiles", message: "The dashboard is full." });
  await page.getByRole("button", { name: "Add tile" }).click();
  await tidings.dialog.getByLabel("Name").fill("");
  await tidings.dialog.getByRole("button", { name: "Add tile" }).click();
  await expect(tidings.dialog.getByLabel("Name")).toHaveAccessibleDescription("Give the tile a name.");
  await tidings.dialog.getByLabel("Name").fill("T");
  await tidings.dialog.getByRole("button", { name: "Add tile" }).click();
  await expect(tidings.dialog.getByRole("alert")).toContainText("The dashboard is full.");
});

test("an old value says so, and a feed that is away shows its state", async ({ tidings, page }) => {
  await visit(tidings, "scene=empty");
  await tidings.arrive({ feed: "f1", title: "old", receivedAtMs: Date.now() - 4 * 60_000, data: '{"level": 3}' });
  await page.evaluate(() => window.tidings!.arrive({ feed: "f1", title: "old", receivedAtMs: Date.now() - 4 * 60_000, data: '{"level": 5}' }));
  await expect(tile(page, "Level")).toContainText("Last value 4 min ago");
  await tidings.emit({ kind: "state", feed: "f1", state: { kind: "offline" } });
  await expect(tile(page, "Level")).toContainText("Offline");
});

test("hostile labels, paths and answers are text", async ({ tidings, page }) => {
  await visit(tidings);
  for (const hostile of [`<img src=x onerror=window.pwned=1>`, `"><script>window.pwned=1</script>`, "{window.pwned=1}", "x".repeat(80)]) {
    await page.getByRole("button", { name: "Add tile" }).click();
    await tidings.dialog.getByLabel("Name").fill(hostile);
    await tidings.dialog.getByLabel("Unit").fill("<b>x</b>");
    await tidings.dialog.getByRole("button", { name: "Add tile" }).click();
    const made = tile(page, hostile);
    await made.scrollIntoViewIfNeeded();
    await expect(made).toContainText("<b>x</b>");
    await made.click();
    await expect(page.getByRole("dialog", { name: hostile })).toContainText("<b>x</b>");
    await expect(page.getByRole("dialog").locator("canvas")).toBeVisible();
    await page.keyboard.press("Escape");
  }
  await tidings.arrive({ feed: "p", title: "<img src=x onerror=window.pwned=1>", data: '{"key":"<b>","percent":40}' });
  await tile(page, "Progress").scrollIntoViewIfNeeded();
  await expect(tile(page, "Progress")).toContainText("<img src=x onerror=window.pwned=1>");
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  await expect(page.locator("img, iframe, b, script:not([src])")).toHaveCount(0);
});

test("ten updates a second are asked for once a second, and drawn no more often", async ({ tidings, page }) => {
  await visit(tidings);
  await expect(tile(page, "OAK price")).toBeVisible();
  await page.evaluate(() => {
    const changes = { count: 0 };
    Object.assign(window, { changes });
    new MutationObserver(() => changes.count++).observe(document.querySelector("li.tile svg:not([viewBox='0 0 16 16']) .line")!, { attributes: true });
    let turn = 0;
    setInterval(() => window.tidings!.arrive({ feed: "m", title: "This machine", data: JSON.stringify({ cpu_percent: turn++ % 100 }) }), 100);
  });
  const before = (await tidings.calls("chart")).length;
  await page.waitForTimeout(4_000);
  const asked = (await tidings.calls("chart")).length - before;
  expect(asked).toBeGreaterThanOrEqual(2);
  expect(asked).toBeLessThanOrEqual(5);
  await expect.poll(() => page.evaluate(() => (window as unknown as { changes: { count: number } }).changes.count)).toBeLessThanOrEqual(2 * asked);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("axe finds nothing in the dashboard and its dialogs", async ({ tidings, page }) => {
      await visit(tidings);
      await expect(tile(page, "Progress").getByRole("progressbar").first()).toBeAttached();
      expect(await faults(page)).toEqual([]);
      await tile(page, "OAK price").click();
      await expect(page.getByRole("dialog").locator("canvas")).toBeVisible();
      await page.getByRole("button", { name: "Show as a table" }).click();
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Add tile" }).click();
      await tidings.dialog.getByLabel("Number", { exact: true }).selectOption({ label: "Another path…" });
      await tidings.dialog.getByLabel("Name").fill("");
      await tidings.dialog.getByRole("button", { name: "Add tile" }).click();
      expect(await faults(page)).toEqual([]);
    });

    test("axe finds nothing in an empty one", async ({ tidings, page }) => {
      await visit(tidings, "scene=empty");
      await expect(page.getByText("No numbers yet")).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });
  });
}

for (const width of [320, 420, 820]) {
  test.describe(`${width} pixels`, () => {
    test.use({ viewport: { width, height: 640 } });
    test("everything fits, also a long name", async ({ tidings, page }) => {
      const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
      await tidings.open("scene=instruments");
      if (width < 700) await page.getByRole("button", { name: "Feeds", exact: true }).click();
      await page.getByRole("button", { name: "Dashboard" }).click();
      await page.getByRole("button", { name: "Add tile" }).click();
      await tidings.dialog.getByLabel("Name").fill(long);
      await tidings.dialog.getByLabel("Unit").fill("Donaudampfschiff");
      await tidings.dialog.getByRole("button", { name: "Add tile" }).click();
      const fits = () => page.evaluate(() => [...document.querySelectorAll("button, input, select, h2, h4, strong, canvas")].filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.outerHTML.slice(0, 90)));
      await tile(page, long.slice(0, 80)).scrollIntoViewIfNeeded();
      await expect.poll(fits).toEqual([]);
      await tile(page, long.slice(0, 80)).getByRole("button").first().click();
      await expect(page.getByRole("dialog").locator("canvas")).toBeVisible();
      await expect.poll(fits).toEqual([]);
    });
  });
}
