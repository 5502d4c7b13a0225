// However long the history is, the window holds a bounded part of it, in both directions, and nothing jumps.
import { expect, test } from "./window";

test("far down and back up, a bounded part is held and the reader keeps the place", async ({ tidings, page }) => {
  test.setTimeout(180_000);
  await tidings.open("scene=many");
  const newest = page.getByRole("button", { name: "Go to the newest events" });
  const size = async () => Number(await tidings.events.first().getAttribute("aria-setsize"));
  const scroll = (to: "end" | "start") => tidings.list.evaluate((list, end) => (list.scrollTop = end === "end" ? list.scrollHeight : 0), to);
  await expect(async () => {
    await scroll("end");
    await expect(newest).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 120_000 });
  await expect.poll(size).toBeLessThanOrEqual(10_000);
  // Live events neither appear here nor move anything.
  await tidings.list.evaluate((list) => (list.scrollTop -= 2_000));
  const row = tidings.events.nth(12);
  const [title, box] = [await row.textContent(), await row.boundingBox()];
  await tidings.arrive({ feed: "f1", title: "meanwhile" });
  // The count tells that the event is here.
  await expect(page).toHaveTitle("Tidings (7 unread)");
  await expect.poll(() => row.textContent()).toBe(title);
  expect(await row.boundingBox()).toEqual(box);
  // Upwards, what was dropped is loaded again above the reader.
  await scroll("start");
  await expect.poll(async () => (await tidings.calls("search")).length).toBeGreaterThan(0);
  await expect.poll(() => tidings.list.evaluate((list) => list.scrollTop)).toBeGreaterThan(1_000);
  await expect(async () => {
    await scroll("start");
    await expect(newest).toBeHidden({ timeout: 100 });
  }).toPass({ timeout: 60_000 });
  await expect.poll(size).toBeLessThanOrEqual(10_000);
});

test("one press leads from far down to the newest", async ({ tidings, page }) => {
  test.setTimeout(180_000);
  await tidings.open("scene=many");
  const newest = page.getByRole("button", { name: "Go to the newest events" });
  await expect(async () => {
    await tidings.list.evaluate((list) => (list.scrollTop = list.scrollHeight));
    await expect(newest).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 120_000 });
  await tidings.arrive({ feed: "f1", title: "the very newest" });
  await newest.click();
  await expect(tidings.events.first()).toContainText("the very newest");
  await expect(newest).toBeHidden();
  await expect.poll(() => tidings.list.evaluate((list) => list.scrollTop)).toBe(0);
});
