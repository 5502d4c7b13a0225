// A feed begins with whatever names it: an address, a link that is dropped, a command.
import type { Page } from "@playwright/test";

import { expect, test } from "./window";

/** Pastes into what has the focus, as the system does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => {
    const data = new DataTransfer();
    data.setData("text/plain", words);
    const target = document.activeElement ?? document.body;
    const taken = !target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    if (!taken && target instanceof HTMLInputElement) document.execCommand("insertText", false, words);
  }, text);
}

test("an address that is pasted is tried by itself, and its first events are shown as popups", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  await paste(page, "https://example.org/events");
  const result = tidings.dialog.getByRole("status");
  await expect(result).toContainText("It works");
  await expect(result.getByRole("listitem").first()).toContainText("Tidings · example.org");
  await expect(tidings.dialog.getByLabel("Address (URL)")).toBeFocused();
  await expect.poll(() => tidings.calls("probe")).toHaveLength(1);
});

test("from paste to live without feeds, by keyboard alone", async ({ tidings, page }) => {
  await tidings.open("scene=nofeeds");
  await expect(page.getByLabel("Paste a feed URL")).toBeFocused();
  await paste(page, "https://example.org/events\n");
  await expect(tidings.dialog.getByRole("status")).toContainText("It works");
  await page.keyboard.press("Enter");
  await expect(tidings.feed("example.org, Live")).toBeVisible();
});

test("name, icon and the least priority that pops up are saved at once", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  await paste(page, "https://example.org/events");
  await tidings.dialog.getByLabel("Name", { exact: true }).fill("Deploys of mine");
  await tidings.dialog.getByLabel("Icon", { exact: true }).fill("🚀");
  await tidings.dialog.getByLabel("From priority").selectOption("High or higher");
  await page.keyboard.press("Enter");
  await expect(tidings.feed("Deploys of mine")).toContainText("🚀");
  await expect.poll(async () => (await tidings.calls("setRules")).at(-1)).toMatchObject([[{ when: { atMost: "normal" }, then: { popup: false } }]]);
  await page.getByRole("button", { name: "Rules" }).click();
  await expect(page.getByText("Events from Deploys of mine, of normal priority or less, are only stored.")).toBeVisible();
});

test("without popups no priority is asked for, and later its rule says so", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  await tidings.dialog.getByLabel("Show popups for this feed").uncheck();
  await expect(tidings.dialog.getByLabel("From priority")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await tidings.menu("Deploys", "Edit…");
  await expect(tidings.dialog.getByLabel("From priority")).toHaveCount(0);
});

test("a command fills every field it names, secrets into secret ones", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  await paste(page, "curl 'https://example.org/secure' \\\n  -X POST -H 'Authorization: Bearer t0psecret' -H 'X-Project: a b' \\\n --data-raw '{\"all\":true}' --compressed -o out.txt");
  const { dialog } = tidings;
  await expect(dialog.getByLabel("Address (URL)")).toHaveValue("https://example.org/secure");
  await expect(dialog.getByLabel("Bearer token", { exact: true })).toHaveValue("t0psecret");
  await expect(dialog.getByLabel("Bearer token", { exact: true })).toHaveAttribute("type", "password");
  await expect(dialog.getByLabel("Name of header 1")).toHaveValue("X-Project");
  await expect(dialog.getByText("Taken from the command: token, 2 headers, method POST, body. Left out: -o.")).toBeVisible();
  await expect(dialog.getByRole("status")).toContainText("It works");
  await dialog.getByRole("button", { name: "Add feed" }).click();
  const [[draft]] = (await tidings.calls("addFeed")) as [[{ signIn: unknown; connection: { method: string; body: string } }]];
  expect(draft.signIn).toEqual({ kind: "bearer", token: "t0psecret" });
  expect([draft.connection.method, draft.connection.body]).toEqual(["POST", '{"all":true}']);
});

test("a command that turns checks off is refused with a sentence, and nothing is tried", async ({ tidings, page }) => {
  await tidings.open();
  await page.getByRole("button", { name: "Add feed" }).click();
  await paste(page, "curl -k https://example.org/events");
  await expect(tidings.dialog.getByLabel("Address (URL)")).toHaveAccessibleDescription(/always checks/);
  await expect(tidings.dialog.getByLabel("Address (URL)")).toHaveValue("");
  await expect.poll(() => tidings.calls("probe")).toHaveLength(0);
});

test("a command or an address pasted anywhere in the window begins a feed, other words don't", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.list.focus();
  await paste(page, "just some words");
  await expect(tidings.dialog).toHaveCount(0);
  await paste(page, "curl -u mira:pw https://example.org/secure");
  await expect(tidings.dialog.getByLabel("User name", { exact: true })).toHaveValue("mira");
  await expect(tidings.dialog.getByRole("status")).toContainText("It works");
});

test("a link that is dropped begins a feed, a script doesn't", async ({ tidings, page }) => {
  await tidings.open("scene=nofeeds");
  const drop = (link: string) =>
    page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData("text/uri-list", text);
      document.querySelector("main")!.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, link);
  await drop("javascript:alert(1)");
  await expect(tidings.dialog).toHaveCount(0);
  await drop("# comment\r\nhttps://example.org/html\r\n");
  await expect(tidings.dialog.getByLabel("Address (URL)")).toHaveValue("https://example.org/html");
  await expect(tidings.dialog.getByRole("status")).toContainText("Not an event stream");
});
