"""A runaway update and a small one behind it: when each is answered."""

from __future__ import annotations

import http.client
import threading
import time

from benchmarks.servers import Server

__all__ = ["measure_updates"]

_RUNAWAY = r"""
INSERT { GRAPH <urn:runaway> { ?a ?e ?c } } WHERE {
  GRAPH ?first { ?a ?b ?c }
  GRAPH ?second { ?d ?e ?f }
  FILTER REGEX(CONCAT(STR(?c), " ", STR(?f), "!"), "^((([a-z]+)+ ?)+)+$", "i")
}
"""
_SMALL = "INSERT DATA { GRAPH <urn:small> { <urn:a> <urn:b> <urn:c> } }"


def measure_updates(server: Server, token: str) -> str:
    """Return in words how a runaway update ended, and how small ones fared meanwhile.

    Args:
        server: running, with the token.
        token: what its writes must bear.
    """
    outcomes: list[str] = []

    def run_away() -> None:
        outcomes.append(_update(server, token, _RUNAWAY))

    before = _update(server, token, _SMALL)
    thread = threading.Thread(target=run_away)
    thread.start()
    time.sleep(1)
    behind = _update(server, token, _SMALL)
    thread.join()
    after = _update(server, token, _SMALL)
    left = server.ask("ASK { GRAPH <urn:runaway> { ?subject ?property ?value } }")
    return (
        f"A small update: {before}. A runaway update: {outcomes[0]}; a small one sent 1 s after "
        f"it: {behind}; one sent after it had ended: {after}. Of the runaway update "
        f"{'something' if b'true' in left else 'nothing'} is in the store."
    )


def _update(server: Server, token: str, text: str) -> str:
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {token}"}
    start = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    try:
        connection.request("POST", server.path, body=text.encode(), headers=headers)
        response = connection.getresponse()
        response.read()
        return f"{response.status} after {time.monotonic() - start:.2f} s"
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__} after {time.monotonic() - start:.2f} s"
    finally:
        connection.close()
