"""How long a rerun takes over the websocket, from the request to "finished"."""

import time
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

WARM_UP = 3


def rerun_times(
    address: str, page_name: str, query: dict[str, str], times: int, warm_up: int = WARM_UP
) -> list[float]:
    """Return the milliseconds of `times` reruns of a page in one session, `warm_up` left out."""
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(url, subprotocols=["streamlit"], max_size=None, origin=address) as socket:
        taken = [_rerun(socket, page_name, query) for _ in range(warm_up + times)]
    return taken[warm_up:]


def _rerun(socket: ClientConnection, page_name: str, query: dict[str, str]) -> float:
    message = BackMsg()
    message.rerun_script.page_name = page_name
    message.rerun_script.query_string = urlencode(query)
    started = time.perf_counter()
    socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(bytes(socket.recv(timeout=30)))
        if answer.WhichOneof("type") == "script_finished":
            return (time.perf_counter() - started) * 1000
