// What is stored is kept unless it is replaced or removed, and only PEM is taken from files.
import { describe, expect, it } from "vitest";

import { Stored } from "./stored.svelte";

const PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

describe("what is stored", () => {
  it("is kept while nothing takes its place", () => {
    const entry = new Stored(true);
    expect([entry.draft(), entry.set]).toEqual([null, true]);
    entry.show("entered");
    expect([entry.draft(), entry.set]).toEqual([null, true]);
  });

  it("is replaced by what is pasted", () => {
    const entry = new Stored(true);
    entry.show("entered");
    entry.value = PEM;
    expect(entry.draft()).toBe(PEM);
  });

  it("goes when it is removed, and can be had back", () => {
    const entry = new Stored(true);
    entry.show("removed");
    expect([entry.draft(), entry.set]).toEqual(["", false]);
    entry.show("kept");
    expect([entry.draft(), entry.set]).toEqual([null, true]);
  });
});

describe("a file", () => {
  it("is read as it is", async () => {
    const entry = new Stored(false);
    expect(await entry.read(new File([PEM], "ca.pem"))).toBeNull();
    expect([entry.draft(), entry.file, entry.set]).toEqual([PEM, "ca.pem", true]);
  });

  it("that can't be one is refused, and what was there stays", async () => {
    const entry = new Stored(false);
    entry.value = PEM;
    expect(await entry.read(new File(["0\u0082"], "ca.der"))).toContain("ca.der holds no PEM");
    expect(await entry.read(new File([PEM + "x".repeat(512 * 1024)], "big.pem"))).toContain("512 KiB");
    const broken = { name: "gone.pem", size: 1, text: () => Promise.reject(new Error("gone")) } as unknown as File;
    expect(await entry.read(broken)).toContain("gone.pem could not be read");
    expect(entry.draft()).toBe(PEM);
  });
});
