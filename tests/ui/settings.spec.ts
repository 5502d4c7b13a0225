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
  await expect.poll(() => tidings.calls("mute")).toEqual([[null, "tomorrow"]]);
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
  await expect.poll(() => tidings.calls("setKeep")).toEqual([[null, { days: 0, events: 100_000, megabytes: 500, bodies: null }]]);
  await history.getByLabel("Events").fill("1000");
  await page.keyboard.press("Tab");
  await expect(history.getByRole("button", { name: "Remove and keep less" })).toBeFocused();
  await expect.poll(() => tidings.calls("setKeep")).toHaveLength(1);
  await history.getByRole("button", { name: "Leave it as it was" }).click();
  await expect(history.getByLabel("Events")).toHaveValue("100000");
  await history.getByLabel("Events").fill("1000");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect.poll(() => tidings.calls("setKeep")).toEqual([[null, { days: 0, events: 100_000, megabytes: 500, bodies: null }], [null, { days: 0, events: 1_000, megabytes: 500, bodies: null }]]);
  await expect(history.getByLabel("Days")).toBeFocused();
});

test("a feed has limits of its own, set from its menu, and the focus goes back", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.menu("Deploys", "How much is kept…");
  await expect(tidings.dialog.getByRole("heading", { name: "How much of Deploys is kept" })).toBeVisible();
  await tidings.dialog.getByLabel("Days").fill("7");
  await page.keyboard.press("Enter");
  await tidings.dialog.getByRole("button", { name: "Remove and keep less" }).press("Enter");
  await expect.poll(() => tidings.calls("setKeep")).toEqual([["f1", { days: 7, events: 0, megabytes: 0, bodies: true }]]);
  await tidings.dialog.getByLabel("Store bodies and data of events to come").uncheck();
  await expect.poll(async () => (await tidings.calls("setKeep")).at(-1)).toEqual(["f1", { days: 7, events: 0, megabytes: 0, bodies: false }]);
  expect(await faults(page)).toEqual([]);
  await tidings.dialog.getByRole("button", { name: "Close" }).click();
  await expect(tidings.dialog).toBeHidden();
  await tidings.menu("Deploys", "How much is kept…");
  await expect(tidings.dialog.getByLabel("Days")).toHaveValue("7");
  await expect(tidings.dialog.getByLabel("Store bodies and data of events to come")).not.toBeChecked();
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
  await expect.poll(() => tidings.calls("setKeep")).toEqual([[null, { days: 90, events: 100_000, megabytes: 900, bodies: null }]]);
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

test("the window is dressed as it is chosen, and again before the next first paint", async ({ tidings, page }) => {
  await visit(tidings);
  const look = group(tidings, "Appearance");
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect.poll(colour).toBe("rgb(255, 255, 255)");
  await look.getByLabel("Dark").check();
  await expect.poll(colour).toBe("rgb(27, 31, 32)");
  await look.getByLabel("Compact").check();
  await look.getByLabel("Text size").selectOption("150 %");
  const usual = { theme: "system", density: "comfortable", textPercent: 100, onClose: "tray", hiddenAtLogin: true, language: "system" };
  await expect.poll(() => tidings.calls("setWindow")).toEqual([[{ ...usual, theme: "dark" }], [{ ...usual, theme: "dark", density: "compact" }], [{ ...usual, theme: "dark", density: "compact", textPercent: 150 }]]);
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("21px");
  // Nothing of the program's own runs here: what is painted first is what the page was told alone.
  await page.route("**/*.js", (route) => (route.request().url().endsWith("/look.js") ? route.continue() : route.fulfill({ body: "", contentType: "text/javascript" })));
  await page.goto("");
  await expect.poll(colour).toBe("rgb(27, 31, 32)");
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("21px");
});

test("a look that can't be saved is not worn", async ({ tidings }) => {
  await visit(tidings);
  const look = group(tidings, "Appearance");
  await tidings.fail("setWindow", { code: "storage", field: null, message: "The disk is full." });
  await look.getByLabel("Dark").click();
  await expect(look.getByRole("alert")).toHaveText("Not saved: The disk is full.");
  await expect(tidings.page.locator("html")).toHaveAttribute("data-theme", "system");
  await expect(look.getByLabel("As the desktop")).toBeChecked();
});

test("with text twice as large panes fold as in a smaller window, and nothing is cut", async ({ tidings, page }) => {
  await visit(tidings);
  await group(tidings, "Appearance").getByLabel("Text size").selectOption("200 %");
  await expect(tidings.feeds).toBeHidden();
  await expect(place(tidings)).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await page.getByRole("button", { name: "Back" }).click();
  await expect(tidings.feeds).toBeVisible();
});

test.describe("high contrast", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });
      test("axe finds nothing, and text is black and white", async ({ tidings, page }) => {
        await visit(tidings);
        await group(tidings, "Appearance").getByLabel("High contrast").check();
        await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).color)).toBe(colorScheme === "light" ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)");
        expect(await faults(page)).toEqual([]);
        await page.getByRole("button", { name: "Health" }).click();
        expect(await faults(page)).toEqual([]);
        await tidings.feed("All feeds").click();
        await tidings.events.first().click();
        expect(await faults(page)).toEqual([]);
      });
    });
  }
});

test("starting at login is the desktop's word, also after a refusal", async ({ tidings }) => {
  await visit(tidings);
  const starting = group(tidings, "Start and close");
  const login = starting.getByLabel("Start at login");
  const hidden = starting.getByLabel("At login, start in the tray without a window");
  await expect(login).not.toBeChecked();
  await expect(hidden).toBeDisabled();
  await tidings.fail("setLogin", { code: "storage", field: null, message: "Starting at login can’t be changed: no room." });
  await login.press("Space");
  await expect(starting.getByRole("alert")).toHaveText("Not saved: Starting at login can’t be changed: no room.");
  await expect(login).not.toBeChecked();
  await login.press("Space");
  await expect(starting.getByRole("alert")).toHaveCount(0);
  await hidden.press("Space");
  await expect.poll(() => tidings.calls("setLogin")).toEqual([[true], [true]]);
  await expect.poll(async () => (await tidings.calls("setWindow")).at(-1)).toMatchObject([{ hiddenAtLogin: false, onClose: "tray" }]);
  await starting.getByLabel("Quit").check();
  await expect.poll(async () => (await tidings.calls("setWindow")).at(-1)).toMatchObject([{ hiddenAtLogin: false, onClose: "quit" }]);
});

test("a list of feeds is looked through with the keyboard before anything is added", async ({ tidings, page }) => {
  await visit(tidings);
  const open = group(tidings, "Import and export").getByRole("button", { name: "Import feeds…" });
  await open.press("Enter");
  const { dialog } = tidings;
  await dialog.getByLabel("Paste a list").fill("https://one.example/sse\nhttps://ci.example.org/events Deploys\nhttps://ntfy.example/x?token=hush  Alarms\nodd one");
  await dialog.getByRole("button", { name: "Show what is in it" }).press("Enter");
  await expect(dialog.getByText("A list of addresses: 3 feeds")).toBeFocused();
  await expect(dialog.getByLabel("one.example")).toBeChecked();
  await expect(dialog.getByLabel("Deploys")).not.toBeChecked();
  await expect(dialog.getByLabel("Deploys")).toHaveAccessibleDescription(/Is there already/);
  await expect(dialog.getByLabel("Alarms")).toHaveAccessibleDescription(/keyring.*Not taken over: its least priority/);
  await expect(dialog.getByText("hush")).toHaveCount(0);
  await dialog.getByText("1 line is no feed:").click();
  await expect(dialog.getByText("odd one")).toBeVisible();
  expect(await tidings.calls("addFeeds")).toEqual([]);
  await dialog.getByLabel("one.example").press("Space");
  await dialog.getByRole("button", { name: "Add 1 feed" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
  expect((await tidings.calls("addFeeds"))[0]!.slice(1)).toEqual([[2], "keyring"]);
  await expect(tidings.feed("Alarms")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "1 feed was added." })).toBeVisible();
});

test("a file is read as a list, what is no list says so, and a feed that is refused says why", async ({ tidings }) => {
  await visit(tidings);
  await group(tidings, "Import and export").getByRole("button", { name: "Import feeds…" }).click();
  const { dialog } = tidings;
  const file = dialog.locator("input[type=file]");
  await file.setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
  await expect(dialog.getByRole("alert")).toHaveText(/^No feeds were found in it\./);
  await file.setInputFiles({ name: "feeds.txt", mimeType: "text/plain", buffer: Buffer.from("http://plain.example/?token=x Plain\nhttps://two.example/") });
  await dialog.getByRole("button", { name: "Add 2 feeds" }).click();
  await expect(dialog.getByText("1 feed was added. These were not added:")).toBeFocused();
  await expect(dialog.getByRole("listitem")).toHaveText(/Plain Over http:/);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
});

test("events come in and settings go out through files that the person chooses", async ({ tidings, page }) => {
  await visit(tidings);
  const moving = group(tidings, "Import and export");
  await moving.getByRole("button", { name: "Import events…" }).click();
  await expect(page.getByRole("status").filter({ hasText: "120 events imported; 3 were there already; left out: those of Old radio, which is not here." })).toBeVisible();
  await moving.getByRole("button", { name: "Export feeds and settings…" }).press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Feeds and settings were written to /home/mira/events.toml" })).toBeVisible();
  await tidings.fail("exportSettings", { code: "storage", field: null, message: "The disk is full." });
  await moving.getByRole("button", { name: "Export feeds and settings…" }).press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "The disk is full." })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`lists, ${colorScheme}`, () => {
    test.use({ colorScheme });
    test("axe finds nothing in the dialog for lists", async ({ tidings, page }) => {
      await visit(tidings);
      await group(tidings, "Import and export").getByRole("button", { name: "Import feeds…" }).click();
      expect(await faults(page)).toEqual([]);
      await tidings.dialog.getByLabel("Paste a list").fill("https://ntfy.example/x?token=hush  Alarms\nodd");
      await tidings.dialog.getByRole("button", { name: "Show what is in it" }).click();
      await tidings.dialog.getByText("1 line is no feed:").click();
      expect(await faults(page)).toEqual([]);
    });
  });
}

test("settings open by a comma and the list of keys by a question mark, and the focus comes back", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.events.first().click();
  await page.keyboard.press(",");
  await expect(place(tidings).getByRole("heading", { name: "Settings" })).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Star it or take its star")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(tidings.dialog).toBeHidden();
  await expect(place(tidings).getByRole("heading", { name: "Settings" })).toBeFocused();
  await expect(group(tidings, "About").getByText("Tidings 0.1.0, free software under the MIT licence.")).toBeVisible();
  const keys = group(tidings, "About").getByRole("button", { name: "Keyboard shortcuts" });
  await keys.press("Enter");
  await tidings.dialog.getByRole("button", { name: "Close" }).click();
  await expect(keys).toBeFocused();
});

test("the licences of what ships are read in full, and only then loaded", async ({ tidings, page }) => {
  const loaded: string[] = [];
  page.on("request", (request) => request.url().includes("licences-") && loaded.push(request.url()));
  await visit(tidings);
  const opener = group(tidings, "About").getByRole("button", { name: "Licences of its parts" });
  expect(loaded).toEqual([]);
  await opener.press("Enter");
  await expect.poll(() => loaded).toHaveLength(1);
  await tidings.dialog.getByText(/^MIT/).first().click();
  for (const part of ["svelte", "uplot", "tokio", "tauri"]) await expect(tidings.dialog.getByText(new RegExp(`^${part} \\d`))).toBeVisible();
  await expect(tidings.dialog.getByRole("group", { name: "Text of the licence" })).toContainText("Permission is hereby granted, free of charge");
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
});
