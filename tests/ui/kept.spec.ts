// Searches are kept by a name at the left, and the search box suggests what can be looked for.
import { expect, test, type Tidings } from "./window";

const box = ({ page }: Tidings) => page.getByRole("combobox");
const kept = ({ feeds }: Tidings, name: string) => feeds.getByRole("button", { name: `${name}, kept search` });

async function keep(tidings: Tidings, search: string, name: string): Promise<void> {
  await box(tidings).fill(search);
  await tidings.page.getByRole("button", { name: "Keep this search…" }).click();
  await tidings.dialog.getByLabel("Name").fill(name);
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(kept(tidings, name)).toBeVisible();
}

test("a search is kept, recalled, renamed and removed", async ({ tidings, page }) => {
  await tidings.open();
  await keep(tidings, "priority:urgent", "Alarms");
  await expect(kept(tidings, "Alarms")).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("button", { name: "Keep this search…" })).toBeHidden();
  await tidings.feed("All feeds").click();
  await expect(box(tidings)).toHaveValue("");
  await tidings.feed("Deploys").click();
  await kept(tidings, "Alarms").click();
  await expect(tidings.title).toHaveText("All feeds");
  await expect(box(tidings)).toHaveValue("priority:urgent");
  await expect(tidings.events.first()).toContainText("Water in the cellar");
  await kept(tidings, "Alarms").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  await tidings.dialog.getByLabel("Name").fill("  ");
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(tidings.dialog).toContainText("Enter a name.");
  await tidings.dialog.getByLabel("Name").fill("<b>Alarms</b>");
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(kept(tidings, "<b>Alarms</b>")).toBeVisible();
  await kept(tidings, "<b>Alarms</b>").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(kept(tidings, "<b>Alarms</b>")).toHaveCount(0);
  expect((await tidings.calls("setSearches")).at(-1)).toEqual([[]]);
});

test("a search in one feed is kept with its feed", async ({ tidings }) => {
  await tidings.open();
  await tidings.feed("Home sensors").click();
  await keep(tidings, "door", "Doors");
  await expect.poll(() => tidings.calls("setSearches")).toEqual([[[{ name: "Doors", text: 'feed:"Home sensors" door' }]]]);
});

test("the arrows reach kept searches below the feeds, and a refusal is said", async ({ tidings, page }) => {
  await tidings.open();
  await keep(tidings, "priority:urgent", "Alarms");
  await tidings.feed("All feeds").click();
  await tidings.feed("All feeds").focus();
  await page.keyboard.press("End");
  await expect(kept(tidings, "Alarms")).toBeFocused();
  await expect(box(tidings)).toHaveValue("priority:urgent");
  await page.keyboard.press("ArrowUp");
  await expect(box(tidings)).toHaveValue("");
  await tidings.feed("All feeds").click();
  await box(tidings).fill("api");
  await page.getByRole("button", { name: "Keep this search…" }).click();
  await tidings.fail("setSearches", { code: "storage", field: null, message: "The disk is full." });
  await page.keyboard.press("Enter");
  await expect(tidings.dialog).toContainText("The disk is full.");
  await page.keyboard.press("Escape");
  await expect(tidings.dialog).toBeHidden();
});

test.describe("suggestions", () => {
  const options = ({ page }: Tidings) => page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");

  test("lead from a filter to a value by keyboard alone", async ({ tidings, page }) => {
    await tidings.open();
    await page.keyboard.press("/");
    await page.keyboard.type("fe");
    await expect(box(tidings)).toHaveAttribute("aria-expanded", "true");
    await expect(options(tidings)).toHaveText(["feed: from one feed"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(box(tidings)).toHaveValue("feed:");
    await page.keyboard.type("ho");
    await expect(options(tidings)).toHaveText(["Home sensors"]);
    await page.keyboard.press("ArrowDown");
    await expect(box(tidings)).toHaveAttribute("aria-activedescendant", /-0$/);
    await page.keyboard.press("Enter");
    await expect(box(tidings)).toHaveValue('feed:"Home sensors" ');
    await expect(tidings.events.first()).toContainText("Water in the cellar");
    await expect(options(tidings)).toHaveCount(0);
  });

  test("are taken by a click, and hold the types that came", async ({ tidings }) => {
    await tidings.open();
    await tidings.arrive({ feed: "f1", eventType: "<img src=x>", title: "odd type" });
    await box(tidings).pressSequentially("type:");
    await expect(options(tidings).first()).toHaveText("<img src=x>");
    await options(tidings).filter({ hasText: "price-update" }).click();
    await expect(box(tidings)).toHaveValue("type:price-update ");
    await expect(box(tidings)).toBeFocused();
    await expect(tidings.events.first()).toContainText("BTC");
  });

  test("go with the first Escape, the search with the second", async ({ tidings, page }) => {
    await tidings.open();
    await box(tidings).pressSequentially("is:");
    await expect(options(tidings)).toHaveCount(3);
    await page.keyboard.press("Escape");
    await expect(options(tidings)).toHaveCount(0);
    await expect(box(tidings)).toHaveValue("is:");
    await page.keyboard.press("Escape");
    await expect(box(tidings)).toHaveValue("");
  });

  test("are in nobody's way: words have none, and the arrow leads to the list", async ({ tidings, page }) => {
    await tidings.open();
    await box(tidings).pressSequentially("water");
    await expect(options(tidings)).toHaveCount(0);
    await page.keyboard.press("ArrowDown");
    await expect(tidings.list).toBeFocused();
  });
});
