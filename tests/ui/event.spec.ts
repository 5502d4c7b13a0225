// A chosen event is shown whole, with what can be done about it.
import { expect, test } from "./window";

test.beforeEach(({ tidings }) => tidings.open());

test("title, lines, time, feed, type, id and priority are there", async ({ tidings }) => {
  await tidings.arrive({ feed: "f2", title: "Two lines", body: "first\n  second", eventType: "alert", lastEventId: "id-77", priority: "urgent" });
  await tidings.event("Two lines").click();
  const { reader } = tidings;
  await expect(reader.getByRole("heading", { name: "Two lines" })).toBeVisible();
  await expect(reader.getByText("first\n  second").first()).toHaveCSS("white-space-collapse", "preserve");
  await expect(reader.getByRole("time")).toHaveText(/^\w+day,? \d+ \w+ \d{4} at \d\d:\d\d:\d\d$/);
  for (const [term, value] of [["Event type", "alert"], ["Last event ID", "id-77"], ["Priority", "Urgent"], ["Feed", "Home sensors"]] as const) {
    await expect(reader.locator("dt", { hasText: term }).locator("+ dd")).toHaveText(value);
  }
});

test("why there was a popup, or none, is told in a few words", async ({ tidings }) => {
  const { reader } = tidings;
  await tidings.arrive({ feed: "f2", title: "a faulty template", trace: { presented: "new", rule: "Night", stop: { kind: "allMuted" }, template: "no field “x”" } });
  await tidings.event("Water in the cellar").first().click();
  const why = reader.getByRole("region", { name: "Why was I notified?" });
  await expect(why.getByRole("listitem")).toHaveText(["The rule “Alarms” applied to it, and nothing kept it back."]);
  await tidings.event("BTC 68,201.40").first().click();
  const whyNot = reader.getByRole("region", { name: "Why was I not notified?" });
  await expect(whyNot.getByRole("listitem")).toHaveText(["Popups were off for this feed."]);
  await tidings.event("a faulty template").click();
  await expect(whyNot.getByRole("listitem")).toHaveText(["Everything was muted.", "The rule “Night” applied to it.", "A template could not be used: no field “x”"]);
});

test("choosing an event marks it read; it can be taken back", async ({ tidings, page }) => {
  await expect(page).toHaveTitle("Tidings (6 unread)");
  await tidings.event("Water in the cellar").first().click();
  await expect(page).toHaveTitle("Tidings (5 unread)");
  await tidings.reader.getByRole("button", { name: "Mark as unread" }).click();
  await expect(page).toHaveTitle("Tidings (6 unread)");
  await expect(tidings.event("Water in the cellar").first()).toHaveAccessibleName(/^Unread/);
  await tidings.reader.getByRole("button", { name: "Mark as read" }).click();
  await expect(page).toHaveTitle("Tidings (5 unread)");
});

test("JSON is a tree, and shown as sent, with every digit", async ({ tidings }) => {
  await tidings.event("web 2.14.0 is live").first().click();
  const { reader } = tidings;
  await expect(reader.getByRole("treeitem", { name: "machines" })).toHaveText("machines: 2 fields");
  await expect(reader.getByRole("treeitem", { name: "big" })).toHaveText("big: 12345678901234567890");
  await reader.getByRole("button", { name: "As sent" }).click();
  await expect(reader.locator("pre")).toContainText('{"title":"web 2.14.0 is live","run":8841');
});

test("plain data has no layout to choose", async ({ tidings }) => {
  await tidings.event("Front door opened").first().click();
  await expect(tidings.reader.locator("pre")).toHaveText("Front door opened");
  await expect(tidings.reader.getByRole("button", { name: "As sent" })).toHaveCount(0);
});

test("huge data is cut until it is asked for", async ({ tidings }) => {
  await tidings.arrive({ feed: "f1", title: "huge", data: "x".repeat(100_000) });
  await tidings.event("huge").click();
  await expect.poll(async () => (await tidings.reader.locator("pre").innerText()).length).toBeLessThan(61_000);
  await tidings.reader.getByRole("button", { name: "Show all 100,000 characters" }).click();
  await expect.poll(async () => (await tidings.reader.locator("pre").innerText()).length).toBe(100_000);
});

test.describe("with the clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });
  test("data is copied as it was sent", async ({ tidings, page }) => {
    await tidings.event("web 2.14.0 is live").first().click();
    await tidings.reader.getByRole("button", { name: "Copy data" }).click();
    await expect(page.getByRole("status")).toHaveText("Copied.");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\{"title":"web 2\.14\.0 is live","run":8841/);
  });
});

test("a link is opened by the program, never by the page", async ({ tidings, page }) => {
  await tidings.event("web 2.14.0 is live").first().click();
  await tidings.reader.getByRole("button", { name: "Open ci.example.org" }).click();
  await expect.poll(() => tidings.calls("openLink")).toEqual([["260", null]]);
  expect(page.context().pages()).toHaveLength(1);
  await expect(page.locator("a")).toHaveCount(0);
});

test("a clicked popup brings its event into sight, loaded or not", async ({ tidings }) => {
  await tidings.feed("Old notices").click();
  await tidings.emit({ kind: "open", event: "200" });
  await expect(tidings.reader.getByRole("heading", { level: 2 })).toContainText("(200)");
  await expect(tidings.event("(200)")).toBeInViewport();
  await expect(tidings.event("(200)")).toHaveAttribute("aria-selected", "true");
  await tidings.emit({ kind: "open", event: "3" });
  await expect(tidings.reader.getByRole("heading", { level: 2 })).toContainText("(3)");
});

test("an event that is gone is said to be", async ({ tidings, page }) => {
  await tidings.emit({ kind: "open", event: "99999" });
  await expect(page.getByRole("status")).toHaveText("This event has been deleted.");
  await expect(page.getByText("Nothing chosen")).toBeVisible();
});
