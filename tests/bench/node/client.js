// Measures npm's eventsource once and prints one line of JSON: node client.js URL EVENTS
import { EventSource } from "eventsource";

import { Gauge } from "./gauge.js";

const [url, count] = [process.argv[2], Number(process.argv[3])];
let events = 0;
let bytes = 0;
const gauge = new Gauge();
const source = new EventSource(url);
source.onmessage = ({ data }) => {
  events += 1;
  bytes += data.length;
  if (events === count) {
    console.log(gauge.line(events, bytes));
    process.exit();
  }
};
source.onerror = ({ message }) => {
  console.error(message);
  process.exit(1);
};
