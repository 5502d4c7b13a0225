// better-sse on Express 5: a channel with replay and the library's own keep-alive; it writes data as JSON, in one line.
const express = require("express");
const { createChannel, createSession } = require("better-sse");

const app = express();
const channel = createChannel();
const history = [];
const sockets = new Set();

app.get("/events", async (req, res) => {
  const session = await createSession(req, res, { keepAlive: 4000 });
  if (session.lastId) {
    history
      .filter((event) => event.id > Number(session.lastId))
      .forEach(({ id, type, data }) => session.push(data, type, String(id)));
  }
  channel.register(session);
});

app.post("/publish", express.json(), (req, res) => {
  const event = { id: history.length + 1, type: req.body.type, data: JSON.parse(req.body.data) };
  history.push(event);
  channel.broadcast(event.data, event.type, { eventId: String(event.id) });
  res.json({ id: event.id });
});

app.post("/drop", (_, res) => {
  sockets.forEach((socket) => socket !== res.socket && socket.destroy());
  res.json({});
});

app.listen(process.env.PORT, "127.0.0.1").on("connection", (socket) => {
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
});
