// The place for settings: each change is saved as it is made, or says why not.
import { faults } from "./axe";
import { expect, test, type Tidings } from "./window";

const place = ({ page }: Tidings) => page.getByRole("region", { name: "Settings", exact: true });
const group = (tidings: Tidings, name: string) => place(tidings).getByRole("region", { name, exact: true });

async function visit(tidings: Tidings, scene = ""): Promise<void> {
  await tidings.open(scene);
  await tidings.page.getByRole("button", { name: "Settings", exact: true }).click();
  await expect(place(tidings)).toBeVisible();
}

test("all feeds are muted at once, and the list says so", async ({ tidings }) => {
  await visit(tidings);
  const notifications = group(tidings, "Notifications");
  await notifications.getByRole("button", { name: "Mute until tomorrow" }).click();
  expect(await tidings.calls("mute")).toEqual([[null, "tomorrow"]]);
  await expect(notifications.getByRole("status").first()).toHaveText(/^All feeds: muted until .*\. Events are stored all the same\.$/);
  await expect(notifications.getByRole("button", { name: "Unmute" })).toBeFocused();
  await expect(tidings.feed("All feeds, Muted until").getByText(/^Muted until/)).toBeVisible();
});

test("quiet hours are set with the keyboard and come back as they were set", async ({ tidings, page }) => {
  await tidings.open();
  const open = page.getByRole("button", { name: "Settings", exact: true });
  await open.press("Enter");
  const notifications = group(tidings, "Notifications");
  await notifications.getByLabel("Hold popups back in quiet hours").press("Space");
  await expect(notifications.getByText("Ends on the next day.")).toBeVisible();
  await notifications.getByLabel("From").fill("23:15");
  await notifications.getByLabel("To", { exact: true }).fill("06:45");
  await notifications.getByLabel("Sunday").press("Space");
  await notifications.getByLabel("Urgent events pop up all the same").press("Space");
  const hours = { kind: "hours", from: "23:15", to: "06:45", days: ["mon", "tue", "wed", "thu", "fri", "sat"], letsUrgentThrough: false };
  await expect.poll(async () => (await tidings.calls("setQuiet")).at(-1)).toEqual([hours]);
  await page.keyboard.press("Escape");
  await expect(place(tidings)).toBeHidden();
  await open.press("Enter");
  await expect(notifications.getByLabel("From")).toHaveValue("23:15");
  await expect(notifications.getByLabel("Sunday")).not.toBeChecked();
  await notifications.getByLabel("Hold popups back in quiet hours").uncheck();
  await expect.poll(async () => (await tidings.calls("setQuiet")).at(-1)).toEqual([{ kind: "off" }]);
});

test("quiet hours without a day or a time name the field and are not saved", async ({ tidings }) => {
  await visit(tidings);
  const notifications = group(tidings, "Notifications");
  await notifications.getByLabel("Hold popups back in quiet hours").check();
  await expect.poll(async () => (await tidings.calls("setQuiet")).length).toBe(1);
  await notifications.getByLabel("To", { exact: true }).fill("");
  await expect(notifications.getByLabel("To", { exact: true })).toHaveAccessibleDescription("Enter a time, like 22:00.");
  await notifications.getByLabel("To", { exact: true }).fill("07:00");
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]) await notifications.getByLabel(day).uncheck();
  await expect(notifications.getByText("Choose at least one day.")).toBeVisible();
  expect((await tidings.calls("setQuiet")).every(([quiet]) => JSON.stringify(quiet) !== JSON.stringify({ kind: "off" }))).toBe(true);
});

test("a refusal to store quiet hours keeps what was filled in", async ({ tidings }) => {
  await visit(tidings);
  const notifications = group(tidings, "Notifications");
  await tidings.fail("setQuiet", { code: "storage", field: null, message: "The disk is full." });
  await notifications.getByLabel("Hold popups back in quiet hours").check();
  await expect(notifications.getByRole("alert")).toHaveText("Not saved: The disk is full.");
  await expect(notifications.getByLabel("From")).toHaveValue("22:00");
  await notifications.getByLabel("Urgent events pop up all the same").uncheck();
  await expect(notifications.getByRole("alert")).toHaveCount(0);
});

test("a test notification tells each step, also where it fails", async ({ tidings }) => {
  await visit(tidings);
  const notifications = group(tidings, "Notifications");
  const send = notifications.getByRole("button", { name: "Send a test notification" });
  await send.click();
  await expect(notifications.getByText("It took the test notification.")).toBeVisible();
  await tidings.fail("testPopup", { code: "gone", field: null, message: "Nobody answers." });
  await send.click();
  await expect(notifications.getByText("Failed: Nobody answers.")).toBeVisible();
  await expect(notifications.getByText("It took the test notification.")).toHaveCount(0);
});

test("a wider history limit is saved at once, a narrower one after it was agreed to", async ({ tidings, page }) => {
  await visit(tidings);
  const history = group(tidings, "History");
  await expect(history.getByText("The history holds 260 events, 85 MB of text.")).toBeVisible();
  await history.getByLabel("Days").fill("");
  await page.keyboard.press("Enter");
  await expect.poll(() => tidings.calls("setKeep")).toEqual([[{ days: 0, events: 100_000, megabytes: 500 }]]);
  await history.getByLabel("Events").fill("1000");
  await page.keyboard.press("Tab");
  await expect(history.getByRole("button", { name: "Remove and keep less" })).toBeFocused();
  expect(await tidings.calls("setKeep")).toHaveLength(1);
  await history.getByRole("button", { name: "Leave it as it was" }).click();
  await expect(history.getByLabel("Events")).toHaveValue("100000");
  await history.getByLabel("Events").fill("1000");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect.poll(() => tidings.calls("setKeep")).toEqual([[{ days: 0, events: 100_000, megabytes: 500 }], [{ days: 0, events: 1_000, megabytes: 500 }]]);
  await expect(history.getByLabel("Days")).toBeFocused();
});

test("what is no limit is said at its field, and a refusal below", async ({ tidings, page }) => {
  await visit(tidings);
  const history = group(tidings, "History");
  await history.getByLabel("Megabytes").fill("lots");
  await expect(history.getByLabel("Megabytes")).toHaveAccessibleDescription("Enter a whole number above 0, or leave it empty.");
  await page.keyboard.press("Enter");
  await tidings.fail("setKeep", { code: "storage", field: null, message: "The disk is full." });
  await history.getByLabel("Megabytes").fill("900");
  await page.keyboard.press("Enter");
  await expect(history.getByRole("alert")).toHaveText("Not saved: The disk is full.");
  expect(await tidings.calls("setKeep")).toEqual([[{ days: 90, events: 100_000, megabytes: 900 }]]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("axe finds nothing", async ({ tidings, page }) => {
      await visit(tidings);
      const notifications = group(tidings, "Notifications");
      await notifications.getByLabel("Hold popups back in quiet hours").check();
      await notifications.getByLabel("From").fill("");
      await group(tidings, "History").getByLabel("Days").fill("5");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("button", { name: "Remove and keep less" })).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });
  });
}
