"""FastAPI with sse-starlette under uvicorn: replay, CRLF lines, and the library's own ping."""

import asyncio

from fastapi import Body, FastAPI, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

app = FastAPI()
history = []
clients = set()


def written(event):
    return ServerSentEvent(data=event["data"], event=event["type"], id=str(event["id"]))


async def stream(last_id):
    queue = asyncio.Queue()
    missed = history[int(last_id):] if last_id is not None else []
    clients.add(queue)
    try:
        for event in missed:
            yield written(event)
        while (event := await queue.get()) is not None:
            yield written(event)
    finally:
        clients.remove(queue)


@app.get("/events")
async def events(request: Request):
    return EventSourceResponse(stream(request.headers.get("last-event-id")), ping=4)


@app.post("/publish")
async def publish(said: dict = Body()):
    event = {"id": len(history) + 1, **said}
    history.append(event)
    for queue in clients:
        queue.put_nowait(event)
    return {"id": event["id"]}


@app.post("/drop")
async def drop():
    for queue in clients:
        queue.put_nowait(None)
    return {}
