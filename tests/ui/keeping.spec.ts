// Events are starred and deleted where they are seen, and a deletion can be taken back for half a minute.
import { expect, test } from "./window";

const undo = "Undo";

test("a star is given and taken in the list and beside the event", async ({ tidings, page }) => {
  await tidings.open();
  const first = tidings.events.first();
  await first.hover();
  await first.locator("[data-star]").click();
  await expect(first).toHaveAccessibleName(/Starred/);
  await expect(page.getByText("Nothing chosen")).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("Starred.");
  await first.click();
  const star = tidings.reader.getByRole("button", { name: "Star" });
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await star.click();
  await expect(star).toHaveAttribute("aria-pressed", "false");
  await expect(first).not.toHaveAccessibleName(/Starred/);
  await tidings.list.focus();
  await page.keyboard.press("s");
  await expect(first).toHaveAccessibleName(/Starred/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("s");
  await expect(first).not.toHaveAccessibleName(/Starred/);
  expect((await tidings.calls("star")).map(([, starred]) => starred)).toEqual([true, false, true, false]);
});

test("events are deleted and brought back by keyboard alone, the latest first", async ({ tidings, page }) => {
  await tidings.open();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(tidings.reader.getByRole("heading", { name: "Water in the cellar" })).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(tidings.events.nth(1)).toContainText("api 5.2.1 failed its checks");
  await expect(page.getByRole("status")).toContainText("Deleted “Water in the cellar”.");
  await expect(tidings.reader.getByRole("heading", { name: "api 5.2.1 failed its checks" })).toBeVisible();
  await expect(tidings.list).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("status")).toContainText("Deleted “api 5.2.1 failed its checks”.");
  await expect(tidings.events.nth(1)).toContainText("BTC 68,201.40");
  await page.keyboard.press("Control+z");
  await expect(tidings.events.nth(1)).toContainText("api 5.2.1 failed its checks");
  await expect(page.getByRole("status")).toContainText("Deleted “Water in the cellar”.");
  await page.keyboard.press("Control+z");
  await expect(tidings.events.nth(1)).toContainText("Water in the cellar");
  await expect(page.getByRole("button", { name: undo })).toBeHidden();
  await expect(tidings.list).toBeFocused();
});

test("the undo is reached by Tab and gives the focus to the list", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.events.first().click();
  await tidings.reader.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("status")).toContainText("Deleted “web 2.14.0 is live”.");
  await expect(tidings.reader.getByRole("heading", { name: "Water in the cellar" })).toBeVisible();
  const button = page.getByRole("button", { name: undo });
  for (let step = 0; step < 12 && !(await button.evaluate((each) => each === document.activeElement)); step++) await page.keyboard.press("Tab");
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
  await expect(tidings.list).toBeFocused();
});

test("an undo is offered for half a minute, whatever else is said", async ({ tidings, page }) => {
  await page.clock.install();
  await tidings.open();
  await page.clock.runFor(500);
  await tidings.list.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  await page.clock.runFor(1_000);
  await expect(page.getByRole("button", { name: undo })).toBeVisible();
  await tidings.fail("pause", { code: "storage", field: null, message: "The disk is full." });
  await page.getByRole("button", { name: "Pause all" }).click();
  await expect(page.getByRole("status")).toContainText("The disk is full.");
  await page.clock.runFor(12_000);
  await expect(page.getByRole("button", { name: undo })).toBeVisible();
  await page.clock.runFor(20_000);
  await expect(page.getByRole("button", { name: undo })).toBeHidden();
  await page.keyboard.press("Control+z");
  expect(await tidings.calls("undo")).toEqual([]);
});

test("a key held down deletes one event", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.list.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.down("Delete");
  await page.keyboard.down("Delete");
  await page.keyboard.down("Delete");
  await page.keyboard.up("Delete");
  await expect(page.getByRole("status")).toContainText("Deleted “web 2.14.0 is live”.");
  await expect.poll(() => tidings.calls("delete")).toEqual([[{ kind: "event", id: "260" }]]);
});

test("a feed is cleared and brought back whole", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.menu("Home sensors", "Clear history");
  await expect(page.getByRole("status")).toContainText("Cleared “Home sensors”: 87 events deleted.");
  await expect(tidings.event("Water in the cellar")).toHaveCount(0);
  await tidings.feed("Home sensors").click();
  await expect(page.getByText("No events yet")).toBeVisible();
  await page.getByRole("button", { name: undo }).click();
  await expect(tidings.event("Water in the cellar").first()).toBeVisible();
  await expect(async () => {
    await tidings.list.evaluate((list) => (list.scrollTop = list.scrollHeight));
    await expect(tidings.events.last()).toHaveAttribute("aria-posinset", "87", { timeout: 300 });
  }).toPass();
  await tidings.feed("All feeds").click();
  await expect(tidings.events.nth(1)).toContainText("Water in the cellar");
});

test("the last event of a list leaves the focus in its place", async ({ tidings, page }) => {
  await tidings.open("scene=empty");
  await tidings.arrive({ feed: "f1", title: "the only one" });
  await tidings.list.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  await expect(page.getByText("No events yet")).toBeVisible();
  await expect(page.getByText("Nothing chosen")).toBeVisible();
  await expect(page.getByRole("region", { name: "All feeds" })).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(tidings.event("the only one")).toBeVisible();
  await expect(tidings.list).toBeFocused();
});

test("a deletion that failed leaves the event and says so", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.fail("delete", { code: "storage", field: null, message: "The disk is full." });
  await tidings.list.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  await expect(page.getByRole("status")).toContainText("The disk is full.");
  await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
  await expect(page.getByRole("button", { name: undo })).toBeHidden();
});

test("an undo that comes too late says so", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.list.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  await tidings.fail("undo", { code: "gone", field: null, message: "It is too late to undo this: the events are gone." });
  await page.getByRole("button", { name: undo }).click();
  await expect(page.getByRole("status")).toContainText("It is too late to undo this");
  await expect(tidings.event("web 2.14.0 is live").first()).not.toContainText("now");
});

test.describe("one pane at a time", () => {
  test.use({ viewport: { width: 320, height: 600 } });
  test("deleting goes on with the next event, and to the list after the last", async ({ tidings, page }) => {
    await tidings.open("scene=empty");
    await tidings.arrive({ feed: "f1", title: "one" }, { feed: "f1", title: "two" });
    await tidings.event("two").click();
    await page.keyboard.press("Delete");
    await expect(tidings.reader.getByRole("heading", { name: "one" })).toBeVisible();
    await page.keyboard.press("Delete");
    await expect(page.getByText("No events yet")).toBeVisible();
    await expect(tidings.reader).toBeHidden();
  });
});
