// Several events are chosen by pointer or keyboard, and dealt with together.
import { expect, test } from "./window";

const bar = "What to do with the chosen events";

test("clicks with Ctrl and Shift choose, a plain click ends it", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.events.nth(1).click();
  await tidings.events.nth(3).click({ modifiers: ["Control"] });
  const toolbar = page.getByRole("toolbar", { name: bar });
  await expect(toolbar).toContainText("2 chosen");
  await tidings.events.nth(5).click({ modifiers: ["Shift"] });
  await expect(toolbar).toContainText("3 chosen");
  await expect(tidings.events.nth(4)).toHaveAttribute("aria-selected", "true");
  await expect(tidings.events.nth(1)).toHaveAttribute("aria-selected", "false");
  await tidings.events.nth(0).click();
  await expect(toolbar).toBeHidden();
});

test("the keyboard alone chooses a range, one more, all, and none", async ({ tidings, page }) => {
  await tidings.open();
  const toolbar = page.getByRole("toolbar", { name: bar });
  await tidings.list.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(toolbar).toContainText("3 chosen");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(toolbar).toContainText("2 chosen");
  await page.keyboard.press("Control+Space");
  await expect(toolbar).toContainText("1 chosen");
  await page.keyboard.press("Control+a");
  await expect(toolbar).toContainText(/^\d{3} chosen/);
  await page.keyboard.press("Escape");
  await expect(toolbar).toBeHidden();
  await expect(tidings.list).toBeFocused();
  await expect(tidings.events.nth(1)).toHaveClass(/active/);
});

test("what is chosen is marked, starred and deleted together, with one undo", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.list.focus();
  await page.keyboard.press("Home");
  for (let step = 0; step < 4; step++) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("u");
  await expect(page).toHaveTitle("Tidings (2 unread)");
  await page.getByRole("button", { name: "Mark unread" }).click();
  await expect(page).toHaveTitle("Tidings (7 unread)");
  await page.getByRole("toolbar", { name: bar }).getByRole("button", { name: "Star" }).click();
  await expect.poll(async () => (await tidings.calls("star")).length).toBe(4);
  await page.keyboard.press("Shift+Tab");
  await tidings.list.focus();
  await page.keyboard.press("Delete");
  await expect(page.getByText("5 events deleted.")).toBeVisible();
  await expect.poll(() => tidings.calls("delete")).toEqual([[{ kind: "events", ids: ["260", "259", "258", "257", "256"] }]]);
  await expect(tidings.events.first()).toContainText("Mira: the release notes");
  await expect(tidings.list).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
  expect((await tidings.calls("undo")).length).toBe(1);
});

test("choosing tells how many, politely", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.list.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByRole("status")).toContainText("2 chosen");
});
