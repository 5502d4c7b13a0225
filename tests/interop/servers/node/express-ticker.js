// Express 5: a ticker as tutorials write it, 40 prices a second for a minute; a client that comes back gets what it missed.
const express = require("express");

const SYMBOLS = ["ACME", "GLOBEX", "INITECH", "UMBRELLA"];
const PRICES = 2400;

const app = express();
const clients = new Set();
const history = [];

app.get("/events", (req, res) => {
  res.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-cache", Connection: "keep-alive" });
  res.flushHeaders();
  history.slice(Number(req.get("Last-Event-ID") ?? 0)).forEach((event) => res.write(event));
  clients.add(res);
  req.on("close", () => clients.delete(res));
});

setInterval(() => {
  if (clients.size === 0 || history.length === PRICES) return;
  const number = history.length + 1;
  const data = { symbol: SYMBOLS[number % SYMBOLS.length], price: Number((100 + Math.sin(number / 50)).toFixed(2)), number };
  const event = `id: ${number}\nevent: price\ndata: ${JSON.stringify(data)}\n\n`;
  history.push(event);
  clients.forEach((client) => client.write(event));
}, 25);

app.listen(process.env.PORT, "127.0.0.1");
