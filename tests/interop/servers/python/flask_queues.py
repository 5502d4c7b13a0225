"""Flask under gunicorn with gevent: a manager of queues, one a client, with replay and keep-alives."""

from gevent import monkey

monkey.patch_all()

from queue import Empty, Queue

from flask import Flask, Response, jsonify, request

KEEP_ALIVE_SECONDS = 4

app = Flask(__name__)


class Announcer:
    """Gives every client a queue of its own, and keeps what was said for those who come back."""

    def __init__(self):
        self.clients = []
        self.history = []

    def listen(self, last_id):
        queue = Queue()
        if last_id is not None:
            for event in self.history[int(last_id):]:
                queue.put(event)
        self.clients.append(queue)
        return queue

    def announce(self, kind, data):
        event = (len(self.history) + 1, kind, data)
        self.history.append(event)
        for queue in self.clients:
            queue.put(event)
        return event[0]

    def drop(self):
        for queue in self.clients:
            queue.put(None)


announcer = Announcer()


def written(event):
    number, kind, data = event
    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
    return f"id: {number}\nevent: {kind}\n{lines}\n"


@app.get("/events")
def events():
    queue = announcer.listen(request.headers.get("Last-Event-ID"))

    def stream():
        try:
            yield ": hello\n\n"
            while True:
                try:
                    event = queue.get(timeout=KEEP_ALIVE_SECONDS)
                except Empty:
                    yield ": keepalive\n\n"
                    continue
                if event is None:
                    return
                yield written(event)
        finally:
            announcer.clients.remove(queue)

    return Response(stream(), mimetype="text/event-stream", headers={"Cache-Control": "no-cache"})


@app.post("/publish")
def publish():
    return jsonify(id=announcer.announce(request.json["type"], request.json["data"]))


@app.post("/drop")
def drop():
    announcer.drop()
    return jsonify({})
