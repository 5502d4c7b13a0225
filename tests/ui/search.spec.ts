// Events are found as one types, whatever is typed, and the way back is never far.
import { expect, test, type Tidings } from "./window";

const box = ({ page }: Tidings) => page.getByRole("combobox");
const search = async (tidings: Tidings, text: string) => {
  await box(tidings).fill(text);
  await expect.poll(async () => (await tidings.calls("search")).some(([asked]) => asked === text)).toBe(true);
};

test("what was found is the same list, newest first, and can be read", async ({ tidings, page }) => {
  await tidings.open();
  await search(tidings, "cellar");
  await expect(page.getByText("29 found")).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("29 events found");
  await expect(tidings.events.first()).toHaveAccessibleName(/^Unread: Water in the cellar/);
  await tidings.events.nth(1).click();
  await expect(tidings.reader.getByRole("heading", { name: "Water in the cellar (250)" })).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
  await expect(box(tidings)).toBeFocused();
  await expect(box(tidings)).toHaveValue("");
});

test("more of it comes as one scrolls, to the very first", async ({ tidings, page }) => {
  await tidings.open("scene=many");
  await search(tidings, "cellar");
  await expect(page.getByText("200+ found")).toBeVisible();
  const pages = () => tidings.calls("search").then((calls) => calls.filter((call) => (call[2] as { kind: string }).kind === "older").length);
  for (let turn = 1; turn <= 3; turn++) {
    await tidings.list.evaluate((list) => (list.scrollTop = list.scrollHeight));
    await expect.poll(pages).toBeGreaterThanOrEqual(turn);
  }
  expect(await tidings.calls("page")).toEqual([]);
  await expect.poll(() => tidings.events.count()).toBeLessThan(40);
});

test("what was found before stays until the answer is there, and late answers change nothing", async ({ tidings, page }) => {
  await tidings.open();
  await search(tidings, "cellar");
  await expect(tidings.events.first()).toContainText("Water in the cellar");
  await page.evaluate(() => (window.tidings!.delayMs = 600));
  await search(tidings, "front door");
  await page.evaluate(() => (window.tidings!.delayMs = 0));
  await expect(tidings.events.first()).toContainText("Water in the cellar");
  await search(tidings, "backup");
  await expect(tidings.events.first()).toContainText("Nightly backup finished");
  // Longer than the held answer takes: had it come, it would be on top.
  await page.waitForTimeout(800);
  await expect(tidings.events.first()).toContainText("Nightly backup finished");
});

test("a slip is explained, with the word, once it is typed; Enter marks it", async ({ tidings, page }) => {
  await tidings.open();
  await search(tidings, "cellar is:stared");
  await expect(box(tidings)).toHaveAccessibleDescription("is:stared “is:” doesn't know “stared”. Write is:unread, is:read or is:starred.");
  await expect(box(tidings)).toHaveAttribute("aria-invalid", "true");
  await expect(tidings.page.getByRole("status")).toHaveText("“is:” doesn't know “stared”. Write is:unread, is:read or is:starred.");
  await box(tidings).press("Enter");
  await expect.poll(() => box(tidings).evaluate((input: HTMLInputElement) => input.value.slice(input.selectionStart!, input.selectionEnd!))).toBe("is:stared");
  await page.keyboard.insertText("is:unread");
  await expect(page.getByText("1 found")).toBeVisible();
  await expect(box(tidings)).toHaveAttribute("aria-invalid", "false");
});

test("a search that fails says so below the box", async ({ tidings }) => {
  await tidings.open();
  await tidings.fail("search", { code: "storage", field: null, message: "The history can’t be read." });
  await search(tidings, "cellar");
  await expect(box(tidings)).toHaveAccessibleDescription("The history can’t be read.");
  await box(tidings).press("Enter");
  await expect(tidings.events.first()).toContainText("Water in the cellar");
});

test("nothing found has two ways on", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.feed("Deploys").click();
  await expect(box(tidings)).toHaveAccessibleName("Search in Deploys");
  await search(tidings, "cellar");
  await expect(page.getByText("No event of Deploys fits “cellar”.")).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("Nothing found");
  await page.getByRole("button", { name: "Search all feeds" }).click();
  await expect(tidings.title).toHaveText("All feeds");
  await expect(tidings.events.first()).toContainText("Water in the cellar");
  await search(tidings, "no such thing");
  await page.getByRole("main").getByRole("button", { name: "Clear the search" }).last().click();
  await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
  await expect(tidings.list).toBeFocused();
});

test("the search goes along to another feed", async ({ tidings }) => {
  await tidings.open();
  await search(tidings, "2.14.0");
  await tidings.feed("Home sensors").click();
  await expect(tidings.events).toHaveCount(0);
  await tidings.feed("Deploys").click();
  await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
  expect((await tidings.calls("search")).map(([text, feed]) => [text, feed])).toEqual([["2.14.0", null], ["2.14.0", "f2"], ["2.14.0", "f1"]]);
});

test("what fits and arrives is shown", async ({ tidings }) => {
  await tidings.open();
  await search(tidings, "cellar");
  await expect(tidings.events.first()).toContainText("Water in the cellar");
  await tidings.arrive({ feed: "f1", title: "something else" }, { feed: "f2", title: "The cellar is dry" });
  await expect(tidings.events.first()).toContainText("The cellar is dry");
  await expect(tidings.event("something else")).toHaveCount(0);
});

test("a clicked popup ends the search, and has no say in the next one", async ({ tidings, page }) => {
  await tidings.open();
  await search(tidings, "cellar");
  await tidings.emit({ kind: "open", event: "255" });
  await expect(tidings.reader.getByRole("heading", { name: /^Mira/ })).toBeVisible();
  await expect(box(tidings)).toHaveValue("");
  await expect(tidings.event("Mira").first()).toBeVisible();
  await tidings.emit({ kind: "open", event: "169" });
  await expect(tidings.event("(169)")).toBeInViewport();
  await search(tidings, "cellar sensor");
  await expect(page.getByText("29 found")).toBeVisible();
  await expect.poll(() => tidings.list.evaluate((list) => list.scrollTop)).toBe(0);
});

test("quick filters are terms of the search", async ({ tidings, page }) => {
  await tidings.open();
  const starred = page.getByRole("button", { name: "Starred", exact: true });
  await starred.click();
  await expect(box(tidings)).toHaveValue("is:starred");
  await expect(starred).toHaveAttribute("aria-pressed", "true");
  await expect(tidings.events).toHaveCount(3);
  await page.getByRole("button", { name: "Unread", exact: true }).click();
  await expect(box(tidings)).toHaveValue("is:starred is:unread");
  await expect(tidings.events).toHaveCount(1);
  await starred.click();
  await page.getByRole("button", { name: "Unread", exact: true }).click();
  await expect(box(tidings)).toHaveValue("");
  await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
});

test.describe("by keyboard alone", () => {
  test("the box is reached from anywhere and gives the focus back", async ({ tidings, page }) => {
    await tidings.open();
    await tidings.feed("Deploys").focus();
    await page.keyboard.press("/");
    await expect(box(tidings)).toBeFocused();
    await expect(box(tidings)).toHaveValue("");
    await page.keyboard.type("a/u s");
    await expect(box(tidings)).toHaveValue("a/u s");
    await page.keyboard.press("Escape");
    await expect(tidings.feed("Deploys")).toBeFocused();
    await expect(box(tidings)).toHaveValue("");
    await tidings.events.first().click();
    await page.keyboard.press("F6");
    await expect(tidings.reader).toBeFocused();
    await page.keyboard.press("Control+f");
    await page.keyboard.press("Escape");
    await expect(tidings.reader).toBeFocused();
  });

  test("from the first letter to the event, and back", async ({ tidings, page }) => {
    await tidings.open();
    await tidings.list.focus();
    await page.keyboard.press("/");
    await page.keyboard.type("cellar");
    await expect(page.getByText("29 found")).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await expect(tidings.list).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(tidings.reader.getByRole("heading", { name: "Water in the cellar (250)" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await expect(box(tidings)).toHaveValue("cellar");
    await page.keyboard.press("Escape");
    await expect(tidings.list).toBeFocused();
    await expect(tidings.events.first()).toContainText("web 2.14.0 is live");
  });

  test("help opens, is read and closes", async ({ tidings, page }) => {
    await tidings.open();
    await page.keyboard.press("/");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "How to search" })).toBeFocused();
    await page.keyboard.press("Enter");
    const help = page.getByRole("dialog", { name: "How to search" });
    await expect(help).toBeFocused();
    await expect(help).toContainText("priority:high+");
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
    await expect(page.getByRole("button", { name: "How to search" })).toBeFocused();
  });

  test.describe("one pane at a time", () => {
    test.use({ viewport: { width: 320, height: 600 } });
    test("the box comes into sight", async ({ tidings, page }) => {
      await tidings.open();
      await tidings.events.first().click();
      await expect(box(tidings)).toBeHidden();
      await page.keyboard.press("/");
      await expect(box(tidings)).toBeFocused();
    });
  });
});

test("an export writes what the list shows", async ({ tidings, page }) => {
  await tidings.open();
  await tidings.feed("Home sensors").click();
  await search(tidings, "cellar");
  await expect(page.getByText("29 found")).toBeVisible();
  const open = async () => {
    await page.getByRole("button", { name: "More for this list" }).click();
    await page.getByRole("menuitem", { name: "Export…" }).click();
  };
  await open();
  await expect(tidings.dialog).toContainText("The events of Home sensors that “cellar” finds.");
  await page.evaluate(() => (window.tidings!.saveAs = null));
  await tidings.dialog.getByLabel("CSV").check();
  await tidings.dialog.getByRole("button", { name: "Choose file…" }).click();
  await expect.poll(() => tidings.calls("exportEvents")).toEqual([["cellar", "f2", "csv"]]);
  await expect(tidings.dialog).toBeVisible();
  await page.evaluate(() => (window.tidings!.saveAs = "/tmp/water"));
  await tidings.dialog.getByRole("button", { name: "Choose file…" }).click();
  await expect(tidings.dialog).toBeHidden();
  await expect(page.getByRole("status")).toContainText("Exported 29 events to /tmp/water.csv");
  await expect(page.getByRole("button", { name: "More for this list" })).toBeFocused();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await tidings.feed("All feeds").click();
  await open();
  await page.keyboard.press("Escape");
  await expect(tidings.dialog).toBeHidden();
  await tidings.fail("exportEvents", { code: "storage", field: null, message: "The disk is full." });
  await open();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText("The disk is full.");
  expect((await tidings.calls("exportEvents")).at(-1)).toEqual(["", null, "jsonLines"]);
});
