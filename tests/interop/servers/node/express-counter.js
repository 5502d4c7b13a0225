// Express 5: a counter for each client, as tutorials write it; goes on from Last-Event-ID.
const express = require("express");

const app = express();

app.get("/events", (req, res) => {
  res.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-cache",
    Connection: "keep-alive",
  });
  let count = Number(req.get("Last-Event-ID") ?? 0);
  const timer = setInterval(() => {
    count += 1;
    res.write(`id: ${count}\n`);
    res.write("event: count\n");
    res.write(`data: {"title": "Count ${count}",\ndata: "message": "of many"}\n\n`);
  }, 300);
  req.on("close", () => clearInterval(timer));
});

app.listen(process.env.PORT, "127.0.0.1");
