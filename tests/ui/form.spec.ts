// A feed is tested, added and edited; secrets go in and never come out.
import { expect, test } from "./window";

test("a pasted address becomes a feed", async ({ tidings, page }) => {
  await tidings.open("scene=nofeeds");
  await expect(page.getByLabel("Paste a feed URL")).toBeFocused();
  await page.keyboard.insertText("https://example.org/events");
  await page.keyboard.press("Enter");
  await expect(tidings.dialog.getByLabel("Address (URL)")).toHaveValue("https://example.org/events");
  await tidings.dialog.getByRole("button", { name: "Add feed" }).click();
  await expect(tidings.feed("example.org, Live")).toBeVisible();
  await expect(page.getByRole("heading", { name: "example.org" })).toBeVisible();
  await tidings.arrive({ feed: "a1", title: "hello" });
  await expect(tidings.event("hello")).toBeVisible();
});

for (const [path, verdict, sentence] of [
  ["events", "It works", "The stream is open and sent 3 events within 2 s."],
  ["waiting", "Connected, nothing sent yet", "The stream is open and has sent nothing yet."],
  ["html", "Not an event stream", /web page/],
  ["secure", "Sign-in needed", /401/],
  ["refused", "No connection", "The server refused the connection."],
] as const) {
  test(`testing an address says “${verdict}”`, async ({ tidings, page }) => {
    await tidings.open();
    await page.getByRole("button", { name: "Add feed" }).click();
    await tidings.dialog.getByLabel("Address (URL)").fill(`https://example.org/${path}`);
    await tidings.dialog.getByRole("button", { name: "Test this URL" }).click();
    const result = tidings.dialog.getByRole("status");
    await expect(result).toContainText(verdict);
    await expect(result).toContainText(sentence);
    await expect(result.getByRole("listitem")).toHaveCount(path === "events" ? 3 : 0);
    await expect(result.getByText("Recognised: JSON events")).toHaveCount(path === "events" ? 1 : 0);
    await tidings.dialog.getByLabel("Address (URL)").fill("https://example.org/other");
    await expect(result).toBeEmpty();
  });
}

test("what is wrong is said at its field, and the person is put there", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  const address = tidings.dialog.getByLabel("Address (URL)");
  await expect(address).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(address).toHaveAccessibleDescription("Enter the feed’s address.");
  await address.fill("ftp://example.org");
  await page.keyboard.press("Enter");
  await expect(address).toHaveAccessibleDescription("A feed’s address starts with http:// or https://.");
  await expect(address).toBeFocused();
  await address.fill("https://example.org");
  await tidings.dialog.getByLabel("Token").check();
  await tidings.dialog.getByRole("button", { name: "Add feed" }).click();
  await expect(tidings.dialog.getByLabel("Bearer token")).toBeFocused();
  await expect(tidings.dialog.getByLabel("Bearer token")).toHaveAccessibleDescription("Enter the token.");
});

test("secrets that are set are kept, never shown, and replaced when typed", async ({ tidings }) => {
  await tidings.open();
  await tidings.menu("Deploys", "Edit…");
  const token = tidings.dialog.getByLabel("Bearer token", { exact: true });
  await expect(token).toHaveValue("");
  await expect(token).toHaveAttribute("placeholder", "Set — type to replace");
  await expect(tidings.dialog.getByLabel("Value of header 1", { exact: true })).toHaveAttribute("placeholder", "Set — type to replace");
  await tidings.dialog.getByLabel("Name", { exact: true }).fill("Rollouts");
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(tidings.feed("Rollouts")).toBeVisible();
  expect((await tidings.calls("editFeed"))[0]).toMatchObject(["f1", { name: "Rollouts", signIn: { kind: "bearer", token: null }, headers: [{ name: "X-Project", value: null }] }]);
  await tidings.menu("Rollouts", "Edit…");
  await token.fill("n3w");
  await expect(token).toHaveAttribute("type", "password");
  await tidings.dialog.getByRole("button", { name: "Show Bearer token" }).click();
  await expect(token).toHaveAttribute("type", "text");
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(tidings.dialog).toBeHidden();
  expect((await tidings.calls("editFeed"))[1]).toMatchObject(["f1", { signIn: { kind: "bearer", token: "n3w" } }]);
});

test("without a keyring a secret can be kept for this session", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  await tidings.dialog.getByLabel("Address (URL)").fill("https://example.org/secure");
  await tidings.dialog.getByLabel("User name and password").check();
  await tidings.dialog.getByLabel("User name", { exact: true }).fill("mira");
  await tidings.dialog.getByLabel("Password", { exact: true }).fill("p4ss");
  const locked = { code: "keyring", field: null, message: "The keyring is locked." } as const;
  await tidings.fail("addFeed", locked);
  await tidings.dialog.getByRole("button", { name: "Add feed" }).click();
  await expect(tidings.dialog.getByRole("alert")).toContainText("The keyring is locked.");
  await tidings.fail("addFeed", locked);
  await tidings.dialog.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => tidings.calls("addFeed")).toHaveLength(2);
  await tidings.dialog.getByRole("button", { name: "Keep for this session only" }).click();
  await expect(tidings.dialog).toBeHidden();
  const drafts = await tidings.calls("addFeed");
  expect(drafts.map(([draft]) => (draft as { secrets: string }).secrets)).toEqual(["keyring", "keyring", "thisSession"]);
});

test("headers are added and removed, and the focus goes along", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  await tidings.dialog.getByLabel("Address (URL)").fill("https://example.org");
  await tidings.dialog.getByRole("button", { name: "Add header" }).click();
  await expect(tidings.dialog.getByLabel("Name of header 1")).toBeFocused();
  await page.keyboard.insertText("X-One");
  await tidings.dialog.getByLabel("Value of header 1").fill("1");
  await tidings.dialog.getByRole("button", { name: "Add header" }).click();
  await tidings.dialog.getByRole("button", { name: "Remove header 2" }).click();
  await expect(tidings.dialog.getByRole("button", { name: "Add header" })).toBeFocused();
  await tidings.dialog.getByRole("button", { name: "Add feed" }).click();
  await expect(tidings.dialog).toBeHidden();
  expect((await tidings.calls("addFeed"))[0]).toMatchObject([{ headers: [{ name: "X-One", value: "1" }] }]);
});

test("the dialog gives the focus back", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  await page.keyboard.press("Escape");
  await expect(tidings.dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Add feed" })).toBeFocused();
  await tidings.menu("Team channel", "Edit…");
  await tidings.dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Actions for Team channel" })).toBeFocused();
});
