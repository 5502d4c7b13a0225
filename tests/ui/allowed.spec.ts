// What a feed's server may decide of its popups is set where the feed is.
import { expect, test } from "./window";

test("how urgent a feed's events may be is set in its dialog and kept", async ({ tidings, page }) => {
  await tidings.open();
  const change = async () => {
    await tidings.feed("Home sensors").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Edit…" }).click();
  };
  await change();
  const urgency = tidings.dialog.getByRole("combobox", { name: "Urgency" });
  await expect(urgency).toHaveValue("urgent");
  await urgency.selectOption("Normal at most");
  await tidings.dialog.getByRole("button", { name: "Save" }).click();
  await expect(tidings.dialog).toHaveCount(0);
  await change();
  await expect(urgency).toHaveValue("normal");
  await tidings.dialog.getByRole("checkbox", { name: "Show popups for this feed" }).uncheck();
  await expect(urgency).toHaveCount(0);
});
