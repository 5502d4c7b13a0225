"""flask-sse as its documents show it, over Redis: no history, no keep-alives, no headers until the first event."""

import json
import os

from flask import Flask, jsonify, request
from flask_sse import sse

app = Flask(__name__)
app.config["REDIS_URL"] = os.environ["REDIS_URL"]
app.register_blueprint(sse, url_prefix="/events")
said = 0


@app.post("/publish")
def publish():
    global said
    said += 1
    sse.publish(json.loads(request.json["data"]), type=request.json["type"], id=str(said))
    return jsonify(id=said)
