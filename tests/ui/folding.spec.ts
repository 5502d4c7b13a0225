// States of one thing share a line of the list: it is updated in place, and unfolds where it is.
import { expect, test, type Told } from "./window";

const price = (turn: number, symbol = "BTC"): Told => ({ feed: "f2", eventType: "price", title: `${symbol} ${68_000 + turn}`, body: "up", key: symbol });
const prices = (from: number, to: number, symbol = "BTC"): Told[] => Array.from({ length: to - from }, (_, index) => price(from + index, symbol));

test("prices that follow one another are one line", async ({ tidings }) => {
  await tidings.open();
  await tidings.arrive(...prices(0, 412));
  await expect(tidings.events.first()).toContainText("BTC 68411");
  await expect(tidings.events.first()).toContainText("412 updates");
  await expect(tidings.events.nth(1)).toContainText("web 2.14.0 is live");
});

test("symbols that take turns keep their places", async ({ tidings }) => {
  await tidings.open();
  for (let turn = 0; turn < 3; turn++) await tidings.arrive(price(turn, "ASH"), price(turn, "OAK"), price(turn, "YEW"));
  await tidings.arrive(price(9, "OAK"));
  await expect(tidings.events.nth(0)).toContainText("ASH 68002");
  await expect(tidings.events.nth(1)).toContainText("OAK 68009");
  await expect(tidings.events.nth(2)).toContainText("YEW 68002");
});

test("a click on the count unfolds, another one folds", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.arrive(...prices(0, 3));
  await page.getByText("3 updates").click();
  await expect(tidings.events.nth(1)).toContainText("BTC 68001");
  await expect(tidings.events.nth(2)).toContainText("BTC 68000");
  await expect(tidings.events.first()).toHaveAccessibleName(/3 updates ?, unfolded/);
  await expect(tidings.reader).toContainText("Nothing chosen");
  await page.getByText("3 updates").click();
  await expect(tidings.events.nth(1)).toContainText("web 2.14.0 is live");
});

test("the arrow keys unfold and fold, and one step is one state then", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.arrive(...prices(0, 3));
  await expect(tidings.event("3 updates")).toBeVisible();
  await tidings.list.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(tidings.list.locator(".active")).toContainText("BTC 68001");
  await page.keyboard.press("ArrowLeft");
  await expect(tidings.list.locator(".active")).toContainText("BTC 68002");
  await expect(tidings.events.nth(1)).toContainText("web 2.14.0 is live");
});

test("what is read stays while its line goes on in place", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.arrive(...prices(0, 2));
  await tidings.event("2 updates").click();
  await expect(tidings.reader).toContainText("BTC 68001");
  await tidings.arrive(...prices(2, 9));
  await expect(tidings.events.first()).toContainText("BTC 68008");
  await expect(tidings.events.first()).toHaveAttribute("aria-selected", "true");
  await expect(tidings.reader.getByRole("heading", { level: 2 })).toHaveText("BTC 68001");
  await expect(page.getByRole("button", { name: /^Show \d+ new/ })).toBeHidden();
});

test("further down, prices wait unseen and news is told", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.arrive(...prices(0, 2));
  await expect(tidings.events.first()).toContainText("2 updates");
  await tidings.list.evaluate((list) => (list.scrollTop = 700));
  const row = tidings.event("(240)");
  const before = await row.boundingBox();
  await tidings.arrive(...prices(2, 30), { feed: "f1", title: "news" }, ...prices(30, 40));
  await expect(page.getByRole("button", { name: "Show 1 new event" })).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
});

test("reading, starring and deleting mean the line", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.arrive(...prices(0, 5));
  await tidings.event("5 updates").click();
  await expect(tidings.events.first()).not.toHaveAccessibleName(/^Unread/);
  await tidings.list.focus();
  await page.keyboard.press("u");
  await expect(tidings.events.first()).toHaveAccessibleName(/^Unread/);
  await page.keyboard.press("Delete");
  await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
  await expect(page.getByText("5 events deleted.")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(tidings.events.first()).toContainText("5 updates");
});

test("pages that fold into what is there aren't fetched without end", async ({ tidings, page }) => {
  await tidings.open("scene=ticks");
  await expect(tidings.events).toHaveCount(2);
  await expect(tidings.events.first()).toContainText("+ updates");
  const more = page.getByRole("button", { name: "Load older events" });
  await expect(more).toBeVisible();
  const before = (await tidings.calls("page")).length;
  expect(before).toBeLessThan(15);
  await more.click();
  await expect.poll(async () => (await tidings.calls("page")).length).toBeGreaterThan(before);
});
