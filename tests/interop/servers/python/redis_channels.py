"""Flask under gunicorn with gevent: channels over Redis pub/sub, and a sorted set as history that all instances share."""

from gevent import monkey

monkey.patch_all()

import json
import os
import time

import redis
from flask import Flask, Response, jsonify, request

KEEP_ALIVE_SECONDS = 4
KEPT_EVENTS = 1000

app = Flask(__name__)
store = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def written(event):
    lines = "".join(f"data: {line}\n" for line in event["data"].split("\n"))
    return f"id: {event['id']}\nevent: {event['type']}\n{lines}\n"


def kept(channel, last_id):
    return [json.loads(event) for event in store.zrangebyscore(f"history:{channel}", f"({last_id}", "+inf")]


def stream(channel, last_id):
    # Subscribed before the history is read, so that nothing falls between the two; ids tell what came both ways.
    pubsub = store.pubsub(ignore_subscribe_messages=True)
    pubsub.subscribe(channel)
    seen = int(last_id or 0)
    try:
        yield ": hello\n\n"
        for event in kept(channel, seen) if last_id is not None else []:
            seen = event["id"]
            yield written(event)
        while True:
            message = pubsub.get_message(timeout=KEEP_ALIVE_SECONDS)
            if message is None:
                yield ": keepalive\n\n"
                continue
            if message["data"] == "drop":
                return
            event = json.loads(message["data"])
            if event["id"] > seen:
                seen = event["id"]
                yield written(event)
    finally:
        pubsub.close()


@app.get("/events")
def events():
    channel = request.args.get("channel", "builds")
    body = stream(channel, request.headers.get("Last-Event-ID"))
    return Response(body, mimetype="text/event-stream", headers={"Cache-Control": "no-cache"})


@app.post("/publish")
def publish():
    channel = request.args.get("channel", "builds")
    event = {"id": store.incr(f"ids:{channel}"), "at": time.time(), **request.json}
    store.zadd(f"history:{channel}", {json.dumps(event): event["id"]})
    store.zremrangebyrank(f"history:{channel}", 0, -KEPT_EVENTS - 1)
    store.publish(channel, json.dumps(event))
    return jsonify(id=event["id"])


@app.post("/drop")
def drop():
    store.publish("builds", "drop")
    return jsonify({})
