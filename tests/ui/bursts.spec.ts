// The offer to keep a feed that always bursts in the history only: calm, answered once, never lost.
import { expect, test, type Tidings } from "./window";

test.beforeEach(({ tidings }) => tidings.open("scene=bursting"));

const ABOUT = "Deploys sends more than popups can show.";

async function look(tidings: Tidings): Promise<void> {
  await tidings.feed("Deploys").click();
  await expect(tidings.page.getByText(ABOUT)).toBeVisible();
}

test("a feed that bursts is kept in the history only, and the focus goes on to its events", async ({ tidings, page }) => {
  await look(tidings);
  await page.getByRole("button", { name: "Keep in history only" }).press("Enter");
  await expect.poll(() => tidings.calls("settleBursts")).toEqual([["f1", false]]);
  await expect(page.getByText(ABOUT)).toHaveCount(0);
  await expect(page.getByText("Deploys is kept in the history only.")).toBeVisible();
  await expect(tidings.list).toBeFocused();
});

test("a feed that bursts is left as it is", async ({ tidings, page }) => {
  await look(tidings);
  await page.getByRole("button", { name: "Leave it" }).click();
  await expect.poll(() => tidings.calls("settleBursts")).toEqual([["f1", true]]);
  await expect(page.getByText(ABOUT)).toHaveCount(0);
  await expect(page.getByText("Popups of Deploys stay as they are.")).toBeVisible();
});

test("a refusal keeps the offer", async ({ tidings, page }) => {
  await look(tidings);
  await tidings.fail("settleBursts", { code: "storage", field: null, message: "The disk is full." });
  await page.getByRole("button", { name: "Keep in history only" }).click();
  await expect(page.getByText("The disk is full.")).toBeVisible();
  await expect(page.getByText(ABOUT)).toBeVisible();
});

test("other feeds say nothing of it", async ({ tidings, page }) => {
  await tidings.feed("Home sensors").click();
  await expect(page.getByText("sends more than popups can show")).toHaveCount(0);
});
