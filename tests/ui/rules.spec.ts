// Rules are read as sentences, written with what was seen at hand, tried while they are written, and never lost.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

import { expect, test, type Tidings } from "./window";

const AXE = readFileSync(join(__dirname, "../../ui/node_modules/axe-core/axe.min.js"), "utf8");

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(() => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" | ")}`);
}

async function openRules({ page, feeds }: Tidings): Promise<void> {
  await feeds.getByRole("button", { name: "Rules" }).click();
  await expect(page.getByRole("main").getByRole("heading", { name: "Rules", level: 2 })).toBeVisible();
}

const names = (page: Page) => page.getByRole("list", { name: /^Rules, in the order/ }).locator(".name");
/** What a field offers; the choices of selects are options too. */
const offers = (page: Page) => page.locator("[role=option]:visible");
const rule = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test.describe("a list of rules", () => {
  test.beforeEach(async ({ tidings }) => {
    await tidings.open("scene=rules");
    await openRules(tidings);
  });

  test("says each in a sentence and how often it decided", async ({ page }) => {
    await expect(names(page)).toHaveText(["Alarms", "Big moves", "Room climate", "Chat is for working hours"]);
    await expect(page.getByText("Events from Home sensors, of type “message”, whose text matches “°C”, are only stored and are marked read.")).toBeVisible();
    await expect(page.getByText("Events from Team channel or a feed that was removed, between 18:00 and 09:00 on Monday to Friday, are only stored.")).toBeVisible();
    await expect(page.getByText(/^Decided 2\d of the last 200 events$/).first()).toBeVisible();
    await expect(page.getByText(/With these rules, \d+ of the last 200 events would have popped up\./)).toBeVisible();
  });

  test("is put in order by keyboard alone, and the focus stays with the rule", async ({ tidings, page }) => {
    await rule(page, "Room climate").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(names(page)).toHaveText(["Alarms", "Room climate", "Big moves", "Chat is for working hours"]);
    await expect(rule(page, "Room climate")).toBeFocused();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(names(page).first()).toHaveText("Room climate");
    await expect(page.getByRole("status").first()).toContainText("Room climate is rule 1 of 4.");
    await page.keyboard.press("Alt+ArrowUp");
    await expect(rule(page, "Room climate")).toBeFocused();
    await expect.poll(() => tidings.calls("setRules")).toHaveLength(2);
    const down = page.getByRole("button", { name: "Move Room climate down" });
    await down.press("Enter");
    await expect(names(page).nth(1)).toHaveText("Room climate");
    await expect(down).toBeFocused();
  });

  test("is put in order by dragging, and Escape leaves it as it was", async ({ tidings, page }) => {
    const grip = page.locator("[data-rule] .grip");
    const middle = async (at: number) => {
      const box = (await grip.nth(at).boundingBox())!;
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const [from, last] = [await middle(0), await middle(3)];
    for (const dropped of [false, true]) {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(last.x, last.y + 60, { steps: 6 });
      await expect(page.locator("[data-lands=below]")).toContainText("Chat is for working hours");
      if (!dropped) await page.keyboard.press("Escape");
      await page.mouse.up();
      await expect(names(page).nth(dropped ? 3 : 0)).toHaveText("Alarms");
    }
    await expect.poll(() => tidings.calls("setRules")).toHaveLength(1);
  });

  test("switches off, copies, deletes and brings back", async ({ tidings, page }) => {
    await page.getByRole("switch", { name: "Alarms is on" }).click();
    await expect(page.getByText("Off", { exact: true }).first()).toBeVisible();
    await page.getByRole("button", { name: "Actions for Alarms" }).click();
    await page.getByRole("menuitem", { name: "Duplicate" }).click();
    await expect(names(page).nth(1)).toHaveText("Alarms (copy)");
    await page.getByRole("button", { name: "Actions for Alarms", exact: true }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(names(page).first()).toHaveText("Alarms (copy)");
    await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(names(page).first()).toHaveText("Alarms");
    await expect(rule(page, "Alarms")).toBeFocused();
    const stored = (await tidings.calls("setRules")).at(-1)![0] as { name: string; off: boolean }[];
    expect(stored.slice(0, 2)).toMatchObject([{ name: "Alarms", off: true }, { name: "Alarms (copy)", off: true }]);
  });

  test("takes back what the disk refuses, and says so", async ({ tidings, page }) => {
    await tidings.fail("setRules", { code: "storage", field: null, message: "The disk is full." });
    await rule(page, "Big moves").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(page.getByRole("status").filter({ hasText: "The disk is full." })).toBeVisible();
    await expect(names(page).first()).toHaveText("Alarms");
  });

  test("an edited rule keeps what it doesn't show and says what it would have done", async ({ tidings, page }) => {
    await rule(page, "Big moves").press("Enter");
    const { dialog } = tidings;
    await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
    const trial = dialog.getByRole("status", { name: "On stored events" });
    await expect(trial).toContainText("This rule would have decided 0 of the last 29 events from Price ticker.");
    await dialog.getByLabel("Value 2 to compare with").fill("0.001");
    await expect(trial).toContainText("This rule would have decided 29 of the last 29 events from Price ticker.");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect(rule(page, "Big moves")).toBeFocused();
    const saved = ((await tidings.calls("setRules")).at(-1)![0] as unknown[])[1];
    expect(saved).toMatchObject({ when: { feeds: ["f3"], types: ["price-update"], json: [{ path: "symbol", value: "BTC" }, { path: "change", is: "greater", value: "0.001" }] } });
  });

  test("a feed that is gone stays chosen until it is taken out", async ({ tidings, page }) => {
    await rule(page, "Chat is for working hours").click();
    await expect(tidings.dialog.getByLabel("a feed that was removed")).toBeChecked();
    await tidings.dialog.getByRole("button", { name: "Save" }).click();
    const saved = ((await tidings.calls("setRules")).at(-1)![0] as unknown[])[3];
    expect(saved).toMatchObject({ off: true, when: { feeds: ["f5", "gone"], hours: { days: ["mon", "tue", "wed", "thu", "fri"] } } });
  });
});

test.describe("no rules", () => {
  test.beforeEach(async ({ tidings }) => {
    await tidings.open();
    await openRules(tidings);
  });

  test("say what rules are for, with examples a click away", async ({ tidings, page }) => {
    await expect(page.getByText("A rule says which events pop up")).toBeVisible();
    await page.getByRole("button", { name: "Low priority is only stored…" }).click();
    const { dialog } = tidings;
    await expect(dialog.getByLabel("at most")).toHaveValue("low");
    await expect(dialog.getByRole("status")).toContainText(/would have decided \d+ of the last 200 events\./);
    await dialog.getByRole("button", { name: "Add rule" }).click();
    await expect(names(page)).toHaveText(["Low priority is only stored"]);
    await expect(rule(page, "Low priority is only stored")).toBeFocused();
  });

  test("a rule is written by keyboard alone with what was seen lately", async ({ tidings, page }) => {
    await page.getByRole("button", { name: "Write your own…" }).press("Enter");
    const { dialog } = tidings;
    const tab = async (times: number) => {
      for (let at = 0; at < times; at++) await page.keyboard.press("Tab");
    };
    await tab(1);
    await page.keyboard.press("ArrowDown");
    await expect(dialog.getByLabel("One of these")).toBeChecked();
    await tab(1);
    await expect(dialog.getByLabel("Deploys")).toBeFocused();
    await page.keyboard.press("Space");
    await dialog.getByLabel("has the type").focus();
    await page.keyboard.press("ArrowDown");
    await expect(offers(page)).toHaveText(["deploy"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("button", { name: "Remove type deploy" })).toBeVisible();
    await dialog.getByRole("button", { name: "Compare a value" }).press("Enter");
    await expect(dialog.getByLabel("Path of value 1")).toBeFocused();
    await page.keyboard.type("mach");
    await expect(offers(page)).toHaveText([/^machines\.done\s*12$/, /^machines\.all\s*12$/]);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await expect(dialog.getByLabel("Path of value 1")).toHaveValue("machines.all");
    await tab(1);
    await page.keyboard.press("i");
    await dialog.getByLabel("Comparison of value 1").selectOption("is above");
    await tab(1);
    await page.keyboard.type("10");
    await dialog.getByLabel("None, only store it").focus();
    await page.keyboard.press("Space");
    await expect(dialog.getByRole("status")).toContainText("would have decided 29 of the last 58 events from Deploys");
    await dialog.getByLabel("Star it").press("Enter");
    await expect(dialog).toBeHidden();
    await expect.poll(() => tidings.calls("setRules")).toMatchObject([[[{
      name: "From Deploys, of type “deploy”",
      when: { feeds: ["f1"], types: ["deploy"], json: [{ path: "machines.all", is: "greater", value: "10" }] },
      then: { popup: false },
    }]]]);
  });

  test("Escape closes the suggestions first, then the dialog", async ({ tidings, page }) => {
    await page.getByRole("button", { name: "Write your own…" }).click();
    await tidings.dialog.getByLabel("has the type").click();
    await expect(offers(page).first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(offers(page)).toHaveCount(0);
    await expect(tidings.dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(tidings.dialog).toBeHidden();
  });

  test("each wrong field is named, and what was filled in stays", async ({ tidings, page }) => {
    await page.getByRole("button", { name: "Write your own…" }).click();
    const { dialog } = tidings;
    const save = dialog.getByRole("button", { name: "Add rule" });
    await dialog.getByLabel("One of these").check();
    await dialog.getByLabel("Only at these times").check();
    await dialog.getByLabel("From").fill("");
    await save.click();
    await expect(dialog.getByText("Choose at least one feed, or any.")).toBeVisible();
    await expect(dialog.getByText("Enter a time, like 22:00.")).toBeVisible();
    await expect(dialog.getByLabel("Deploys")).toBeFocused();
    await dialog.getByLabel("Any feed").check();
    await dialog.getByLabel("Only at these times").uncheck();

    const words = dialog.getByLabel("has a title or body that matches");
    await words.fill("(water");
    await expect(dialog.getByRole("status")).toContainText("To be tried, it has to be mended: The expression can't be read");
    await save.click();
    await expect(words).toBeFocused();
    await expect(words).toHaveAccessibleDescription(/The expression can't be read: unclosed group/);
    await words.fill("water");
    await dialog.getByRole("button", { name: "Compare a value" }).click();
    await dialog.getByLabel("Path of value 1").fill("a..b");
    await save.click();
    await expect(dialog.getByLabel("Path of value 1")).toBeFocused();
    await expect(dialog.getByLabel("Path of value 1")).toHaveAccessibleDescription(/^The path is wrong/);
    await dialog.getByLabel("Path of value 1").fill("price");
    await dialog.getByLabel("Sound", { exact: true }).fill("/etc/bell.ogg");
    await save.click();
    await expect(dialog.getByLabel("Sound", { exact: true })).toHaveAccessibleDescription(/not a file/);
    await dialog.getByLabel("Sound", { exact: true }).fill("");
    await dialog.getByLabel("at least").selectOption("High");
    await dialog.getByLabel("at most").selectOption("Low");
    await save.click();
    await expect(dialog.getByText("No event matters both so much and so little. Swap the two priorities.", { exact: true })).toBeVisible();
    await expect(dialog.getByLabel("at least")).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("at most").selectOption("Any");

    await tidings.fail("setRules", { code: "storage", field: null, message: "The disk is full." });
    await save.click();
    await expect(dialog.getByRole("alert")).toHaveText("The disk is full.");
    await expect(words).toHaveValue("water");
    await save.click();
    await expect(dialog).toBeHidden();
    await expect(names(page)).toHaveText(["Whose text matches “water”, where price is “”"]);
  });

  test("that can't be read say why, and are asked for again", async ({ tidings, page }) => {
    await page.keyboard.press("Escape");
    await tidings.fail("rules", { code: "storage", field: null, message: "The settings can’t be read." });
    await tidings.feeds.getByRole("button", { name: "Rules" }).click();
    await expect(page.getByText("The settings can’t be read.")).toBeVisible();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("No rules yet")).toBeVisible();
  });
});

test("an event begins a rule about its feed and its type", async ({ tidings, page }) => {
  await tidings.open("scene=rules");
  await tidings.event("Water in the cellar").first().click();
  await tidings.reader.getByRole("button", { name: "Use this in a rule…" }).press("Enter");
  const { dialog } = tidings;
  await expect(dialog.getByLabel("Home sensors")).toBeChecked();
  await expect(dialog.getByRole("button", { name: "Remove type alert" })).toBeVisible();
  await dialog.getByLabel("Star it").check();
  await dialog.getByRole("button", { name: "Add rule" }).click();
  await expect(names(page).last()).toHaveText("From Home sensors, of type “alert”");
  await expect(rule(page, "From Home sensors, of type “alert”")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(tidings.list).toBeVisible();
  await tidings.feeds.getByRole("button", { name: "Rules" }).click();
  await expect(tidings.dialog).toHaveCount(0);
});

const VIEWS: Record<string, (tidings: Tidings) => Promise<void>> = {
  "the list of rules": async ({ page }) => {
    await page.getByRole("button", { name: "Actions for Big moves" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  },
  "a rule with everything": async ({ page, dialog }) => {
    await rule(page, "Chat is for working hours").click();
    await dialog.getByRole("button", { name: "Compare a value" }).click();
    await dialog.getByLabel("Path of value 1").fill("a..b");
    await dialog.getByLabel("Monday").uncheck();
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByLabel("Path of value 1")).toHaveAccessibleDescription(/^The path is wrong/);
  },
  "suggestions of a field": async ({ page, dialog }) => {
    await rule(page, "Big moves").click();
    await dialog.getByLabel("Path of value 1").click();
    await page.keyboard.press("ArrowDown");
    await expect(page.locator("[role=option][aria-selected=true]")).toBeVisible();
  },
};

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [name, show] of Object.entries(VIEWS)) {
      test(`axe finds nothing in ${name}`, async ({ tidings, page }) => {
        await tidings.open("scene=rules");
        await openRules(tidings);
        await show(tidings);
        expect(await faults(page)).toEqual([]);
      });
    }
    test("axe finds nothing where there are no rules", async ({ tidings, page }) => {
      await tidings.open();
      await openRules(tidings);
      expect(await faults(page)).toEqual([]);
    });
  });
}

test("nothing leaves the window at 320 pixels, and there is a way back", async ({ tidings, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await tidings.open("scene=rules");
  await page.getByRole("button", { name: "Feeds" }).click();
  await openRules(tidings);
  const wide = () => page.evaluate(() => [...document.querySelectorAll("main *, dialog *")].filter((each) => each.getClientRects().length > 0 && each.closest("[popover], .unseen, svg") === null && each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.className));
  await expect.poll(wide).toEqual([]);
  await rule(page, "Big moves").click();
  await expect(tidings.dialog.getByRole("status")).toContainText("of the last");
  await expect.poll(wide).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Back" }).click();
  await expect(tidings.feeds).toBeVisible();
});

const HOSTILE = [`<img src=x onerror=window.pwned=1>`, `"><script>window.pwned=1</script>`, `{@html "<img src=x onerror=window.pwned=1>"}`, `__proto__`, `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`];

test("hostile types, values, names and answers do no harm", async ({ tidings, page }) => {
  await tidings.open("scene=empty");
  for (const text of HOSTILE) {
    await tidings.arrive({ feed: "f1", eventType: text, title: text, data: JSON.stringify({ [text]: text, plain: text }) });
  }
  await openRules(tidings);
  await page.getByRole("button", { name: "Write your own…" }).click();
  const { dialog } = tidings;
  for (const text of HOSTILE) {
    await dialog.getByLabel("has the type").fill(text);
    await page.getByRole("option", { name: text, exact: true }).click();
  }
  await dialog.getByRole("button", { name: "Compare a value" }).click();
  await dialog.getByLabel("Path of value 1").click();
  await expect(offers(page).first()).toBeVisible();
  await dialog.getByLabel("Name", { exact: true }).fill(HOSTILE[0]!);
  await tidings.fail("setRules", { code: "storage", field: null, message: HOSTILE[1]! });
  await dialog.getByRole("button", { name: "Add rule" }).click();
  await expect(dialog.getByRole("alert")).toHaveText(HOSTILE[1]!);
  await dialog.getByRole("button", { name: "Add rule" }).click();
  await expect(names(page)).toHaveText([HOSTILE[0]!]);
  await expect.poll(() => page.evaluate(() => document.querySelectorAll("#app img[onerror], #app script, #app iframe").length)).toBe(0);
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
});
