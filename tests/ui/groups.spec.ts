// Events that belong together stand together, say where they belong, and are found by it.
import { expect, test, type Told } from "./window";

const told = (group: string, title: string): Told => ({ feed: "f2", title, body: "said", group });

test("events of one group are one line that names the group and counts them", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.arrive(told("web 1", "first"), told("db", "another"), told("web 1", "second"));
  await expect(tidings.events.first()).toContainText("second");
  await expect(tidings.events.first()).toContainText("web 1");
  await expect(tidings.events.first()).toContainText("2 events");
  await expect(tidings.events.nth(1)).toContainText("another");
  await page.getByText("2 events").click();
  await expect(tidings.events.nth(1)).toContainText("first");
});

test("reading the newest of a group leaves its others unread", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.arrive(told("web 1", "first"), told("web 1", "second"));
  await expect(page).toHaveTitle("Tidings (8 unread)");
  await tidings.event("second").click();
  await expect(page).toHaveTitle("Tidings (7 unread)");
  await expect(tidings.event("second")).toHaveAccessibleName(/^Unread/);
});

test("a title that is the group's name says it once", async ({ tidings }) => {
  await tidings.open();
  await tidings.arrive(told("alerts", "alerts"));
  await expect(tidings.events.first().getByText("alerts")).toHaveCount(1);
});

test("the group in the event searches for its events", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.arrive(told("web 1", "first"), told("db", "another"), { ...told("web 1", "elsewhere"), feed: "f1" });
  await tidings.event("first").click();
  await tidings.reader.getByRole("button", { name: "web 1" }).click();
  await expect(page.getByRole("combobox", { name: "Search" })).toHaveValue('feed:"Home sensors" group:"web 1"');
  await expect(tidings.events).toHaveCount(1);
  await expect(tidings.events).toContainText("first");
});

test("group: is suggested with the groups that were met", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.arrive(told("web 1", "first"), told("db", "another"));
  const box = page.getByRole("combobox", { name: "Search" });
  await box.pressSequentially("group:");
  await expect(page.getByRole("option", { name: "db", exact: true })).toBeVisible();
  await page.getByRole("option", { name: "web 1", exact: true }).click();
  await expect(box).toHaveValue('group:"web 1" ');
  await expect(tidings.events).toHaveCount(1);
});
