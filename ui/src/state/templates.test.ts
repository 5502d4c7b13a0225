// Templates are shown as they would read while they are written, and wrong ones are neither saved nor lost.
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Backend } from "../ipc/backend";
import type { Failure, Rehearsal, TemplateFault, Templates } from "../ipc/bindings";
import { codeOf, TemplateForm } from "./templates.svelte";

const NONE: Templates = { title: "", body: "", link: "", priority: "", key: "", group: "" };
const WRONG: TemplateFault = { part: "body", line: 2, column: 3, problem: "unexpected end of input" };

let stored: Templates;
let faults: TemplateFault[];
let backend: { [name: string]: ReturnType<typeof vi.fn> };
let form: TemplateForm;

beforeEach(async () => {
  vi.useFakeTimers();
  stored = { ...NONE, title: "{{ json.a }}" };
  faults = [];
  backend = {
    templates: vi.fn(async () => stored),
    seen: vi.fn(async () => ({ types: [], values: [{ path: "a", sample: "1" }] })),
    tryTemplates: vi.fn(async (_: string, { title }: Templates): Promise<Rehearsal> => ({ previews: [{ title, body: "", link: null, priority: "normal", key: null, group: null, faults: [] }], faults })),
    setTemplates: vi.fn(async (_: string, templates: Templates) => {
      if (faults.length === 0) stored = templates;
      return faults;
    }),
  };
  form = new TemplateForm(backend as unknown as Backend, "f");
  await form.load();
  return () => vi.useRealTimers();
});

describe("a feed's templates", () => {
  it("are read with what they make of the last events and what the feed sent", () => {
    expect([form.texts.title, form.previews?.[0]?.title, form.set]).toEqual(["{{ json.a }}", "{{ json.a }}", ["title"]]);
    expect(form.seen.values[0]?.path).toBe("a");
  });

  it("are tried when typing pauses, and the last answer counts", async () => {
    for (const text of ["x", "xy"]) {
      form.texts.title = text;
      form.soon("title");
    }
    await vi.advanceTimersByTimeAsync(300);
    expect(backend["tryTemplates"]).toHaveBeenCalledTimes(2);
    expect(form.previews?.[0]?.title).toBe("xy");
  });

  it("that are wrong say so at their part and are not saved", async () => {
    form.texts.body = "\n {{";
    faults = [WRONG];
    expect(await form.check()).toBe(false);
    expect([form.faults.body, form.open]).toEqual([WRONG, true]);
    expect(await form.save()).toBe(false);
    expect([stored.body, form.texts.body, form.changed]).toEqual(["", "\n {{", true]);
    faults = [];
    form.texts.body = "fine";
    expect([await form.check(), await form.save(), stored.body, form.changed]).toEqual([true, true, "fine", false]);
  });

  it("that nobody touched are neither tried nor saved with the feed", async () => {
    faults = [WRONG];
    backend["tryTemplates"]!.mockClear();
    expect([await form.check(), await form.save()]).toEqual([true, true]);
    expect(backend["tryTemplates"]).not.toHaveBeenCalled();
    expect(backend["setTemplates"]).not.toHaveBeenCalled();
  });

  it("stay written where the disk refuses them", async () => {
    form.texts.title = "new";
    const full: Failure = { code: "storage", field: null, message: "The disk is full." };
    backend["setTemplates"]!.mockRejectedValueOnce(full);
    expect([await form.save(), form.trouble, form.open, form.texts.title]).toEqual([false, "The disk is full.", true, "new"]);
  });
});

it("writes a path as a template has it", () => {
  expect(["a.b[0]", '["a name"].x', "[0]"].map(codeOf)).toEqual(["{{ json.a.b[0] }}", '{{ json["a name"].x }}', "{{ json[0] }}"]);
});
