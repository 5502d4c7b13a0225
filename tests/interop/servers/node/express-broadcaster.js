// Express 5: one broadcaster to many clients, with a history, replay and keep-alives, as tutorials write it.
const express = require("express");

const app = express();
const clients = new Set();
const history = [];

const format = ({ id, type, data }) =>
  `id: ${id}\nevent: ${type}\n${data.split("\n").map((line) => `data: ${line}\n`).join("")}\n`;

app.get("/events", (req, res) => {
  res.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-cache", Connection: "keep-alive" });
  res.flushHeaders();
  const last = req.get("Last-Event-ID");
  if (last) {
    history.filter((event) => event.id > Number(last)).forEach((event) => res.write(format(event)));
  }
  clients.add(res);
  req.on("close", () => clients.delete(res));
});

setInterval(() => clients.forEach((client) => client.write(": keepalive\n\n")), process.env.KEEP_ALIVE_MS);

app.post("/publish", express.json(), (req, res) => {
  const event = { id: history.length + 1, ...req.body };
  history.push(event);
  clients.forEach((client) => client.write(format(event)));
  res.json({ id: event.id });
});

app.post("/drop", (_, res) => {
  clients.forEach((client) => client.destroy());
  res.json({});
});

app.listen(process.env.PORT, process.env.HOST ?? "127.0.0.1");
