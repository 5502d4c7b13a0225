// Whatever a feed sends is shown as text: no script runs, no element is made of it, no request leaves.
import { expect, test } from "./window";

const CALL = "window.pwned=1";
const HOSTILE = [
  `<script>${CALL}</script>`,
  `<img src=x onerror=${CALL}>`,
  `<img src="https://evil.example/p.png">`,
  `<svg onload=${CALL}>`,
  `<svg><script>${CALL}</script></svg>`,
  `<iframe src="javascript:${CALL}"></iframe>`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<a href="javascript:${CALL}">click</a>`,
  `<body onload=${CALL}>`,
  `<style>@import url(https://evil.example/x.css);</style>`,
  `<link rel=stylesheet href=https://evil.example/x.css>`,
  `<meta http-equiv=refresh content="0;url=https://evil.example">`,
  `<base href=https://evil.example/>`,
  `<object data="https://evil.example/x.swf"></object>`,
  `<embed src="javascript:${CALL}">`,
  `<video src=x onerror=${CALL}></video>`,
  `<audio src onloadstart=${CALL}>`,
  `<details open ontoggle=${CALL}>x</details>`,
  `<input autofocus onfocus=${CALL}>`,
  `<select autofocus onfocus=${CALL}>`,
  `<textarea autofocus onfocus=${CALL}>`,
  `<marquee onstart=${CALL}>x</marquee>`,
  `<form action=https://evil.example><button>x</button></form>`,
  `<math><mtext></mtext><mglyph><style><img src=x onerror=${CALL}>`,
  `<noscript><p title="</noscript><img src=x onerror=${CALL}>">`,
  `<template><script>${CALL}</script></template>`,
  `<portal src=https://evil.example>`,
  `<dialog open>x</dialog>`,
  `"><script>${CALL}</script>`,
  `'><img src=x onerror=${CALL}>`,
  `</title><script>${CALL}</script>`,
  `</textarea><script>${CALL}</script>`,
  `</style><script>${CALL}</script>`,
  `--><script>${CALL}</script>`,
  `]]><script>${CALL}</script>`,
  `" onmouseover="${CALL}`,
  `' autofocus onfocus='${CALL}`,
  "` onclick=`" + CALL,
  `{@html "<img src=x onerror=${CALL}>"}`,
  `{${CALL}}`,
  "${" + CALL + "}",
  `{{constructor.constructor('${CALL}')()}}`,
  `<%= ${CALL} %>`,
  `javascript:${CALL}`,
  `data:text/html,<script>${CALL}</script>`,
  `&lt;script&gt;${CALL}&lt;/script&gt;`,
  `&#60;img src=x onerror=${CALL}&#62;`,
  `\\u003cimg src=x onerror=${CALL}\\u003e`,
  `%3Cscript%3E${CALL}%3C/script%3E`,
  `<scr\u0000ipt>${CALL}</scr\u0000ipt>`,
  `<img\tsrc=x\nonerror=${CALL}>`,
  `<IMG SRC=x ONERROR=${CALL}>`,
  `<<script>${CALL}//<</script>`,
  `<img src=x:x onerror\u000b=${CALL}>`,
  `<a href="\u0001javascript:${CALL}">x</a>`,
  `<svg><animate onbegin=${CALL} attributeName=x dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg onload=${CALL}>">`,
  `<x style="background:url(https://evil.example)">x</x>`,
  `<xss onpointerenter=${CALL} style=position:fixed;inset:0>`,
  `\u202e<script>${CALL}</script>\u202c`,
  `__proto__`,
  `constructor`,
  `toString`,
];

test("sixty strings and more do no harm anywhere", async ({ tidings, page }) => {
  test.setTimeout(180_000);
  expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
  await tidings.open("scene=empty");
  const elements = () => page.evaluate(() => [...new Set([...document.querySelectorAll("#app *")].map(({ localName }) => localName))].sort());
  await tidings.arrive({ feed: "f1", title: "harmless", body: "body", link: "https://example.org", priority: "high" });
  await tidings.event("harmless").click();
  await expect(tidings.reader.locator("pre")).toBeVisible();
  const harmless = await elements();

  for (const [turn, text] of HOSTILE.entries()) {
    const shown = text.replace(/\s+/g, " ").trim();
    await page.evaluate(([hostile, index]) => {
      const { emit, arrive } = { emit: window.tidings!.emit.bind(window.tidings), arrive: window.tidings!.arrive.bind(window.tidings) };
      const why = { code: "other" as const, message: hostile };
      emit({ kind: "feed", feed: { id: "f1", name: hostile, icon: { kind: "emoji", emoji: hostile }, url: hostile, enabled: true, notify: true, allowed: { urgency: "urgent", pictures: false }, mute: { kind: "off" }, bursting: false, preset: null, recognised: null, signIn: { kind: "basic", username: hostile }, headerNames: [hostile], connection: { method: hostile, body: true, authority: true, clientCertificate: true, pin: hostile, proxy: { kind: "url", url: hostile, username: hostile }, silenceSeconds: null, longestWaitSeconds: null, plainHttp: false }, secrets: "kept", state: { kind: "waiting", untilMs: Date.now() + 9e6, why }, unread: 3 } });
      emit({ kind: "problems", problems: [{ part: "settings", message: hostile }] });
      arrive({ feed: "f1", title: hostile, body: `${index} ${hostile}`, eventType: hostile, lastEventId: hostile, link: hostile, data: hostile, trace: { presented: "suppressed", rule: hostile, stop: { kind: "rule" }, template: hostile } });
    }, [text, turn] as const);
    // The harmless event was the first.
    await tidings.emit({ kind: "open", event: String(turn + 2) });
    await expect(tidings.reader.getByRole("heading", { level: 2 })).toHaveText(shown.length === 0 ? text : shown);
    await expect(tidings.reader.locator("pre")).toBeVisible();
    await expect.poll(() => tidings.reader.locator("pre").evaluate((pre) => pre.textContent)).toBe(text);
  }
  await tidings.fail("pause", { code: "storage", field: null, message: HOSTILE[1]! });
  await page.getByRole("button", { name: "Pause all" }).click();
  await expect(page.getByRole("status")).toContainText("onerror");

  // Everything that was shown consists of the elements that harmless words made.
  const extra = (await elements()).filter((name) => !harmless.includes(name));
  expect(extra.filter((name) => !["section", "strong", "ul", "li"].includes(name))).toEqual([]);
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
});

test("hostile searches, answers and titles do no harm", async ({ tidings, page }) => {
  await tidings.open();
  const box = page.getByRole("combobox");
  const elements = async () => page.locator("body *").evaluateAll((all) => [...new Set(all.map(({ localName }) => localName))].sort());
  await box.fill("is:stared nothing");
  await expect(page.getByRole("search").getByText("Write is:unread")).toBeVisible();
  await box.fill("zebra");
  await expect(page.getByText("Nothing found").last()).toBeVisible();
  await box.press("Escape");
  await tidings.events.nth(1).click();
  await expect(tidings.reader.locator("pre")).toBeVisible();
  await page.keyboard.press("Delete");
  const harmless = await elements();
  for (const text of HOSTILE.slice(0, 12)) {
    await page.evaluate((hostile) => window.tidings!.arrive({ feed: "f1", title: hostile }), text);
    await tidings.fail("search", { code: "storage", field: null, message: text });
    await box.fill(`"${text.replaceAll('"', "'")}" zebra`);
    await expect(box).toHaveAccessibleDescription(text);
    await box.press("Enter");
    await expect(page.getByText("Nothing found").last()).toBeVisible();
    await box.press("Escape");
    await tidings.events.first().click();
    await page.keyboard.press("Delete");
    await expect(page.getByRole("status")).toContainText(`Deleted “${text}”.`);
  }
  expect((await elements()).filter((name) => !harmless.includes(name))).toEqual([]);
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
});

test("hostile names and answers do no harm in the dialogs", async ({ tidings, page }) => {
  await tidings.open("scene=empty");
  for (const text of HOSTILE.slice(0, 12)) {
    await tidings.emit({ kind: "feed", feed: { id: "f1", name: `f ${text}`, icon: { kind: "emoji", emoji: text }, url: text, enabled: true, notify: true, allowed: { urgency: "urgent", pictures: false }, mute: { kind: "off" }, bursting: false, preset: null, recognised: null, signIn: { kind: "basic", username: text }, headerNames: [text], connection: { method: text, body: true, authority: true, clientCertificate: true, pin: text, proxy: { kind: "url", url: text, username: text }, silenceSeconds: null, longestWaitSeconds: null, plainHttp: false }, secrets: "kept", state: { kind: "needsPerson", why: { code: "signIn", message: text } }, unread: 0 } });
    await tidings.menu("f ", "Edit…");
    await expect(tidings.dialog.getByLabel("Address (URL)")).toHaveValue(text);
    await tidings.fail("probe", { code: "invalid", field: "url", message: text });
    await tidings.dialog.getByRole("button", { name: "Test this URL" }).click();
    await expect(tidings.dialog.getByLabel("Address (URL)")).toHaveAccessibleDescription(text);
    await page.keyboard.press("Escape");
    await tidings.menu("f ", "Remove…");
    await expect(page.getByRole("alertdialog")).toContainText(text);
    await page.keyboard.press("Escape");
  }
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  await expect(page.locator("dialog, iframe, img, object, embed, style, base")).toHaveCount(0);
});
