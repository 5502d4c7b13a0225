// Masked parameters are found and taken out, and everything else stays to the letter.
import { expect, it } from "vitest";

import { masked, withoutMasked } from "./masked";

it("finds what is masked, and nothing else", () => {
  expect(masked("https://a.example/x?a=1&to%6ben=***&b+c=***#?d=***")).toEqual(["token", "b c"]);
  for (const none of ["", "nonsense", "https://a.example/", "https://a.example/?a=x***", "https://a.example/?a=b=***", "https://a.example/?***"]) {
    expect([none, masked(none)]).toEqual([none, []]);
  }
  expect(masked("https://a.example/?%=***")).toEqual(["%"]);
});

it("takes one out and leaves the rest to the letter", () => {
  const table: [string, string][] = [
    ["https://a.example/?token=***", "https://a.example/"],
    ["https://a.example/?x=%20+&token=***&y&#top", "https://a.example/?x=%20+&y&#top"],
    ["https://a.example/?token=abc", "https://a.example/?token=abc"],
    ["https://a.example/?key=***#a#b", "https://a.example/?key=***#a#b"],
    ["no address", "no address"],
  ];
  for (const [url, left] of table) expect(withoutMasked(url, "token")).toBe(left);
});
