// Fastify 5 with @fastify/sse: replay and the plugin's own heartbeat.
const fastify = require("fastify")();
const sse = require("@fastify/sse");

const clients = new Set();
const history = [];
const message = ({ id, type, data }) => ({ id: String(id), event: type, data });

const start = async () => {
  await fastify.register(sse, { heartbeatInterval: 4000, serializer: (data) => data });

  fastify.get("/events", { sse: { kind: "only" } }, async (request, reply) => {
    reply.sse.keepAlive();
    reply.sse.sendHeaders();
    await reply.sse.replay(async (last) => {
      for (const event of history.filter((event) => event.id > Number(last))) {
        await reply.sse.send(message(event));
      }
    });
    clients.add(reply.sse);
    reply.sse.onClose(() => clients.delete(reply.sse));
  });

  fastify.post("/publish", async (request) => {
    const event = { id: history.length + 1, ...request.body };
    history.push(event);
    await Promise.all([...clients].map((client) => client.send(message(event))));
    return { id: event.id };
  });

  fastify.post("/drop", async () => {
    clients.forEach((client) => client.close());
    return {};
  });

  await fastify.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
};

start();
