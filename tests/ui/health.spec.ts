// The place for health: how each part and each feed is doing, and the ways on, by mouse and by keyboard.
import { faults } from "./axe";
import { expect, test, type Tidings } from "./window";

const place = ({ page }: Tidings) => page.getByRole("region", { name: "Health" });
const row = (tidings: Tidings, name: string) => place(tidings).getByRole("listitem").filter({ has: tidings.page.getByRole("button", { name, exact: true }) });

async function visit(tidings: Tidings, scene = ""): Promise<void> {
  await tidings.open(scene);
  await tidings.page.getByRole("button", { name: "Health" }).click();
  await expect(place(tidings)).toBeVisible();
}

test("each feed has its state, and its last hours in words beside the picture", async ({ tidings }) => {
  await visit(tidings);
  await expect(row(tidings, "Deploys").getByText(/^Live since/)).toBeVisible();
  await expect(row(tidings, "Deploys").getByRole("img")).toHaveAccessibleName("Deploys: Live 6 h");
  const wikimedia = row(tidings, "Wikimedia recent changes");
  await expect(wikimedia.getByText(/^Next try in 1 min \d\d s — The server refused/)).toBeVisible();
  await expect(wikimedia.getByRole("img")).toHaveAccessibleName(/^Wikimedia recent changes: Live 4 h.* · Not followed 28 min · Offline 15 min/);
  await expect(wikimedia.getByText("1 suspected gap", { exact: true })).toBeVisible();
});

test("a proxy that holds events back is named beside the feed it keeps waiting, with what mends it", async ({ tidings }) => {
  await visit(tidings);
  const remark = /^The server's proxy seems to hold events back\. .* X-Accel-Buffering: no from the server\.$/;
  await expect(row(tidings, "Home sensors").getByText(remark)).toBeVisible();
  await expect(place(tidings).getByText(/hold events back/)).toHaveCount(1);
});

test("timelines show more or fewer hours", async ({ tidings, page }) => {
  await visit(tidings);
  await page.getByLabel("Timelines show").selectOption("the last hour");
  await expect(row(tidings, "Wikimedia recent changes").getByRole("img")).toHaveAccessibleName(/^Wikimedia recent changes: Waiting 41 min · Live 19 min/);
});

test("a feed's happenings are opened with the keyboard, newest first, with its counts", async ({ tidings, page }) => {
  await visit(tidings);
  const name = page.getByRole("region", { name: "Health" }).getByRole("button", { name: "Wikimedia recent changes", exact: true });
  await name.press("Enter");
  await expect(name).toHaveAttribute("aria-expanded", "true");
  const happenings = page.getByRole("list", { name: "What happened to Wikimedia recent changes" }).getByRole("listitem");
  await expect(happenings).toHaveCount(13);
  await expect(happenings.first()).toContainText("refused: The server refused the connection.");
  await expect(happenings.filter({ hasText: "17 events may be missing" })).toContainText(/between .* and/);
  await expect(place(tidings).getByText("4,218 events · 61 connections tried · 40 reconnections · 1 suspected gap")).toBeVisible();
  await name.press("Space");
  await expect(happenings).toHaveCount(0);
});

test("one feed or all are dialled at once", async ({ tidings, page }) => {
  await visit(tidings);
  await page.getByRole("button", { name: "Reconnect now: Price ticker" }).click();
  await expect(row(tidings, "Price ticker").getByText("Connecting…")).toBeVisible();
  await page.getByRole("button", { name: "Reconnect all" }).click();
  await expect.poll(() => tidings.calls("reconnect")).toEqual([["f3"], [null]]);
  await expect(page.getByRole("status").filter({ hasText: "All feeds are dialled." })).toBeVisible();
  await expect(page.getByRole("button", { name: "Reconnect now: Weather warnings" })).toHaveCount(0);
});

test("a change of state is followed while the place is open", async ({ tidings }) => {
  await visit(tidings);
  await expect(row(tidings, "Deploys").getByRole("img")).toBeVisible();
  const asked = (await tidings.calls("health")).filter(([feed]) => feed === "f1").length;
  await tidings.emit({ kind: "state", feed: "f1", state: { kind: "offline" } });
  await expect(row(tidings, "Deploys").getByText(/^Offline/).first()).toBeVisible();
  await expect.poll(async () => (await tidings.calls("health")).filter(([feed]) => feed === "f1").length).toBeGreaterThan(asked);
});

test("what is wrong with the program itself stands above the feeds, and a test notification tells its findings", async ({ tidings, page }) => {
  await visit(tidings, "scene=problems");
  await expect(place(tidings).getByText("The keyring is locked. Feeds with a sign-in wait for it.")).toBeVisible();
  await expect(place(tidings).getByText("No trouble known")).toHaveCount(2);
  await place(tidings).getByRole("button", { name: "Try again" }).click();
  await expect(place(tidings).getByText("No trouble known")).toHaveCount(3);
  await page.getByRole("button", { name: "Send a test notification" }).click();
  await expect(place(tidings).getByText("The notification service answers: dunst 1.9.0 by knopwob.")).toBeVisible();
});

test("a record that can't be had says why and is asked for again", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.fail("health", { code: "storage", field: null, message: "The history is closed." });
  await page.getByRole("button", { name: "Health" }).click();
  await expect(place(tidings).getByText("The history is closed.")).toBeVisible();
  await place(tidings).getByRole("button", { name: "Try again" }).click();
  await expect(place(tidings).getByText("The history is closed.")).toHaveCount(0);
});

test("diagnostics are read before they are copied", async ({ tidings, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit(tidings);
  const open = page.getByRole("button", { name: "Diagnostics…" });
  await open.press("Enter");
  await expect(tidings.dialog.getByRole("textbox", { name: "Diagnostics" })).toHaveValue(/Notification service: dunst/);
  await tidings.dialog.getByRole("button", { name: "Copy diagnostics" }).click();
  await expect(tidings.dialog).toBeHidden();
  await expect(open).toBeFocused();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("Feed 1: https://ci.example.org");
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("axe finds nothing", async ({ tidings, page }) => {
      await visit(tidings, "scene=problems");
      await place(tidings).getByRole("button", { name: "Team channel", exact: true }).click();
      await expect(row(tidings, "Deploys").getByRole("img")).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await page.getByRole("button", { name: "Diagnostics…" }).click();
      expect(await faults(page)).toEqual([]);
    });
  });
}
