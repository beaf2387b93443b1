"""The control of the world of `loopfw exec`: HTTP and JSON over the unix socket in $LOOPFW_CONTROL (docs/control.md)."""
import http.client
import json
import os
import socket


class _Connection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(os.environ["LOOPFW_CONTROL"])


def _ask(method, path, body=None):
    connection = _Connection("world")
    try:
        connection.request(method, path, None if body is None else json.dumps(body))
        response = connection.getresponse()
        text = response.read()
        if response.status >= 400:
            raise RuntimeError(json.loads(text)["error"]["message"])
        return json.loads(text) if text else None
    finally:
        connection.close()


def fault(text):
    """Puts a fault into force. Returns its number."""
    return _ask("POST", "/v1/faults", {"fault": text})["id"]


def faults():
    """The faults that have not been healed."""
    return _ask("GET", "/v1/faults")


def heal():
    """Ends all faults."""
    _ask("DELETE", "/v1/faults")
