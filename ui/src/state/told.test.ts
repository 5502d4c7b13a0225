// The program's own rows speak its language, and nobody else's words are touched.
import { afterAll, expect, test } from "vitest";

import { learn } from "../text/said";
import { told } from "./told";

afterAll(() => learn([]));

test("only the program's own words are said in another language", () => {
  learn([["It broke.", "Es ging kaputt."]]);
  expect(told({ eventType: "tidings-gap" }, "It broke.")).toBe("Es ging kaputt.");
  expect(told({ eventType: "message" }, "It broke.")).toBe("It broke.");
});
