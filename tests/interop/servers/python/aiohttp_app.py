"""aiohttp with aiohttp-sse: replay, CRLF lines, and the library's own ping."""

import asyncio
import os

from aiohttp import web
from aiohttp_sse import sse_response

history = []
clients = set()


async def events(request):
    queue = asyncio.Queue()
    last_id = request.headers.get("Last-Event-ID")
    for event in history[int(last_id):] if last_id is not None else []:
        queue.put_nowait(event)
    async with sse_response(request, ping_interval=4) as response:
        clients.add(queue)
        try:
            while response.is_connected() and (event := await queue.get()) is not None:
                await response.send(event["data"], id=str(event["id"]), event=event["type"])
        finally:
            clients.discard(queue)
    return response


async def publish(request):
    event = {"id": len(history) + 1, **await request.json()}
    history.append(event)
    for queue in clients:
        queue.put_nowait(event)
    return web.json_response({"id": event["id"]})


async def drop(_):
    for queue in clients:
        queue.put_nowait(None)
    return web.json_response({})


app = web.Application()
app.router.add_get("/events", events)
app.router.add_post("/publish", publish)
app.router.add_post("/drop", drop)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]))
