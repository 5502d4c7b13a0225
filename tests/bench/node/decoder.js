// Measures npm's eventsource-parser once and prints one line of JSON: node decoder.js COLUMN
import { createParser } from "eventsource-parser";

import { chunks } from "./bodies.js";
import { Gauge } from "./gauge.js";

const LONG_ENOUGH_US = 300_000;

const { cut, length } = chunks(process.argv[2]);
let events = 0;
let kept;

// The parser takes text, so decoding UTF-8 is a part of the work, as in the clients above it.
function pass() {
  const text = new TextDecoder();
  const parser = createParser({
    onEvent(event) {
      events += 1;
      kept = event;
    },
  });
  for (const chunk of cut) parser.feed(text.decode(chunk, { stream: true }));
}

// The first passes warm up; a just-in-time compiler needs more of them.
for (const begun = process.cpuUsage(); process.cpuUsage(begun).user < LONG_ENOUGH_US; ) pass();
events = 0;
let bytes = 0;
const gauge = new Gauge();
while (gauge.cpuMicros() < LONG_ENOUGH_US) {
  pass();
  bytes += length;
}
if (kept === undefined) throw new Error("no event came out");
console.log(gauge.line(events, bytes));
