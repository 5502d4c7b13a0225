// The main job is done from end to end without a pointer.
import { expect, test } from "./window";

test("from the first feed to its removal", async ({ tidings, page }) => {
  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  await tidings.open();

  // Add, test, save.
  await press("a");
  await page.keyboard.insertText("https://example.org/events");
  await press("Tab");
  await expect(page.getByRole("button", { name: "Test this URL" })).toBeFocused();
  await press("Enter");
  await expect(tidings.dialog.getByText("It works")).toBeVisible();
  await press("Tab");
  await expect(tidings.dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.insertText("Mine");
  await press("Enter");
  await expect(tidings.dialog).toBeHidden();
  await expect(tidings.title).toHaveText("Mine");

  // Events come; browse, open, mark.
  const id = await tidings.feed("Mine").getAttribute("data-feed");
  await tidings.arrive({ feed: id!, title: "one" }, { feed: id!, title: "two" }, { feed: id!, title: "three" });
  await expect(tidings.events).toHaveCount(3);
  await press("ArrowDown");
  await expect(tidings.list).toBeFocused();
  await press("ArrowDown");
  await expect(tidings.reader.getByRole("heading", { name: "two" })).toBeVisible();
  await expect(tidings.events.nth(1)).toHaveAccessibleName(/^Unread/);
  await press("k", "j", "j");
  await expect(tidings.reader.getByRole("heading", { name: "one" })).toBeVisible();
  await press("Enter");
  await expect(tidings.reader).toBeFocused();
  await expect(tidings.events.nth(2)).not.toHaveAccessibleName(/^Unread/);
  await press("u");
  await expect(tidings.events.nth(2)).toHaveAccessibleName(/^Unread/);
  await press("Escape");
  await expect(tidings.list).toBeFocused();
  await press("u");
  await expect(tidings.events.nth(2)).not.toHaveAccessibleName(/^Unread/);

  // Around the panes, to the feed's menu, and away with it.
  await press("F6");
  await expect(tidings.reader).toBeFocused();
  await press("F6");
  await expect(tidings.feed("Mine")).toBeFocused();
  await press("ArrowRight");
  await expect(page.getByRole("button", { name: "Actions for Mine" })).toBeFocused();
  await press("Enter", "End");
  await expect(page.getByRole("menuitem", { name: "Remove…" })).toBeFocused();
  await press("Enter");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await press("Tab", "Enter");
  await expect(tidings.feed("Mine")).toHaveCount(0);
  await expect(tidings.feed("All feeds")).toBeFocused();
});

test("the arrows move between feeds and show them", async ({ tidings, page }) => {
  await tidings.open();
  await page.keyboard.press("Tab");
  await expect(tidings.feed("All feeds")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(tidings.feed("Home sensors")).toBeFocused();
  await expect(tidings.title).toHaveText("Home sensors");
  await page.keyboard.press("End");
  await expect(tidings.feed("Weather warnings")).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(tidings.reader).toBeFocused();
});

test("the focus is always to be seen", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.feed("Backups").click();
  await tidings.events.first().click();
  for (let step = 0; step < 25; step++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return true;
      const shown = [focused, ...focused.querySelectorAll(".row.active")];
      return shown.some((each) => getComputedStyle(each).outlineStyle !== "none");
    });
    expect(seen, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120) ?? "")).toBe(true);
  }
});

test("letters typed into a field are letters", async ({ tidings, page }) => {
  await tidings.open();
  await page.keyboard.press("a");
  await page.keyboard.type("aujk");
  await expect(tidings.dialog.getByLabel("Address (URL)")).toHaveValue("aujk");
  await page.keyboard.press("Escape");
  await expect(tidings.dialog).toBeHidden();
});

test("a long list is walked by page, to its end and back", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.list.focus();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  const current = () => tidings.list.evaluate((list) => document.getElementById(list.getAttribute("aria-activedescendant") ?? "")?.getAttribute("aria-posinset"));
  expect(Number(await current())).toBeGreaterThan(15);
  await page.keyboard.press("Home");
  await expect.poll(current).toBe("1");
  await page.keyboard.press("End");
  expect(Number(await current())).toBeGreaterThanOrEqual(100);
});

test.describe("one pane at a time", () => {
  test.use({ viewport: { width: 500, height: 640 } });
  test("opening goes to the event and Escape comes back to the list", async ({ tidings, page }) => {
    await tidings.open();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(tidings.reader).toBeHidden();
    await page.keyboard.press("Enter");
    await expect(tidings.reader).toBeFocused();
    await expect(tidings.list).toBeHidden();
    await page.keyboard.press("j");
    await expect(tidings.reader.getByRole("heading", { name: "api 5.2.1 failed its checks" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(tidings.list).toBeFocused();
  });
});
