// The server behind pushpin: it answers with what was missed and has pushpin hold the stream, then publishes through it.
const express = require("express");

const app = express();
const history = [];
const publisher = `http://127.0.0.1:${process.env.PUBLISHER}/publish/`;

const format = ({ id, type, data }) =>
  `id: ${id}\nevent: ${type}\n${data.split("\n").map((line) => `data: ${line}\n`).join("")}\n`;

const push = (message) =>
  fetch(publisher, {
    method: "POST",
    body: JSON.stringify({ items: [{ channel: "builds", formats: { "http-stream": message } }] }),
  });

app.get("/events", (req, res) => {
  res.set({
    "Content-Type": "text/event-stream",
    "Grip-Hold": "stream",
    "Grip-Channel": "builds",
    "Grip-Keep-Alive": ":keepalive\\n\\n; format=cstring; timeout=4",
  });
  const last = req.get("Last-Event-ID");
  res.send(last ? history.filter((event) => event.id > Number(last)).map(format).join("") : "");
});

app.post("/publish", express.json(), async (req, res) => {
  const event = { id: history.length + 1, ...req.body };
  history.push(event);
  await push({ content: format(event) });
  res.json({ id: event.id });
});

app.post("/drop", async (_, res) => {
  await push({ action: "close" });
  res.json({});
});

app.listen(process.env.PORT, "127.0.0.1");
