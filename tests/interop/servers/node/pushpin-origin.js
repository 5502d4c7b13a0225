// The server behind pushpin: it answers with what was missed and has pushpin hold the stream, then publishes through it.
const express = require("express");

const app = express();
const history = [];
const publisher = `http://127.0.0.1:${process.env.PUBLISHER}/publish/`;

const format = ({ id, type, data }) =>
  `id: ${id}\nevent: ${type}\n${data.split("\n").map((line) => `data: ${line}\n`).join("")}\n`;

const push = (item) =>
  fetch(publisher, { method: "POST", body: JSON.stringify({ items: [{ channel: "builds", ...item }] }) });

// pushpin asks again by the link where an event was published between an answer and its hold: it knows by the ids.
app.get("/events", (req, res) => {
  const last = Number(req.query.after ?? req.get("Last-Event-ID") ?? history.length);
  res.set({
    "Content-Type": "text/event-stream",
    "Grip-Hold": "stream",
    "Grip-Channel": `builds; prev-id=${history.length}`,
    "Grip-Link": `</events?after=${history.length}>; rel=next`,
    "Grip-Keep-Alive": ":keepalive\\n\\n; format=cstring; timeout=4",
  });
  res.send(history.filter((event) => event.id > last).map(format).join(""));
});

app.post("/publish", express.json(), async (req, res) => {
  const event = { id: history.length + 1, ...req.body };
  history.push(event);
  await push({
    id: String(event.id),
    "prev-id": String(event.id - 1),
    formats: { "http-stream": { content: format(event) } },
  });
  res.json({ id: event.id });
});

app.listen(process.env.PORT, "127.0.0.1");
