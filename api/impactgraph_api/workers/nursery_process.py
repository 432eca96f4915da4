"""The process that workers are forked from: everything is imported, no store is open.

It has one thread and no sockets but that to the service, so forking it is safe and takes a few
milliseconds. It alone knows whether a process still has its number, so it is asked to end them.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import select
import signal
import socket
import struct
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from impactgraph_api.workers.confinement import bound_memory, end_with_parent, forbid_sockets
from impactgraph_api.workers.worker_process import answer_questions

__all__ = ["BEGIN", "END", "ENDED", "MESSAGE", "STARTED", "YIELD", "run_nursery"]

MESSAGE: Final = struct.Struct("!cqi")
"""An order or a report: what, the process (0 where there is none yet), its status or niceness."""

BEGIN, END, YIELD = b"b", b"e", b"y"
"""Orders: fork a worker (its socket comes along), end one, run one at a lower priority."""

STARTED, ENDED = b"s", b"d"
"""Reports."""

_SLACK: Final = 384 * 1024**2
"""What a worker's data may have beyond the ceiling on its memory in use: the stacks of the engine's
threads and what it reserves and does not use. The ceiling is held from outside; this is for when
memory grows faster than anyone looks."""

_log = logging.getLogger("impactgraph.workers")


def run_nursery(argument: str) -> None:
    """Fork workers as the service orders until it closes its socket.

    Args:
        argument: JSON with `descriptor` (of the socket), `parent` (the service's process),
            `location` (of the store), `memory` and `result_size` (bytes), `default_graph`.
    """
    options = json.loads(argument)
    end_with_parent(options["parent"])
    service = socket.socket(fileno=options["descriptor"])
    if not forbid_sockets():
        _log.warning("this system cannot keep the query workers from opening sockets")
    waking, wakeup = os.pipe()
    for descriptor in (waking, wakeup):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(wakeup)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    gc.freeze()
    workers: set[int] = set()
    while True:
        readable, _, _ = select.select([service.fileno(), waking], [], [])
        if waking in readable:
            with suppress(BlockingIOError):
                os.read(waking, 4096)
            _report_ended(service, workers)
        if service.fileno() in readable and not _obey(service, workers, options, (waking, wakeup)):
            break
    for process in workers:
        os.kill(process, signal.SIGKILL)


def _obey(
    service: socket.socket, workers: set[int], options: dict[str, object], own: tuple[int, int]
) -> bool:
    """Carry out the next order; return whether there was one."""
    try:
        content, descriptors, _, _ = socket.recv_fds(service, MESSAGE.size, 1)
    except OSError:
        return False
    if len(content) < MESSAGE.size:
        return False
    order, process, value = MESSAGE.unpack(content)
    if order == BEGIN:
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            for descriptor in (service.detach(), *own):
                os.close(descriptor)
            _live(parent, descriptors[0], options)
        os.close(descriptors[0])
        workers.add(process)
        try:
            service.sendall(MESSAGE.pack(STARTED, process, 0))
        except OSError:
            return False
    elif process in workers and order == END:
        os.kill(process, signal.SIGKILL)
    elif process in workers and order == YIELD:
        os.setpriority(os.PRIO_PROCESS, process, value)
    return True


def _report_ended(service: socket.socket, workers: set[int]) -> None:
    for process in tuple(workers):
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            workers.discard(process)
            # Where the service is gone, there is no one to tell.
            with suppress(OSError):
                service.sendall(MESSAGE.pack(ENDED, process, status))


def _live(parent: int, descriptor: int, options: dict[str, object]) -> NoReturn:
    """Be a worker; this process ends here and returns to nothing of its parent's."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        end_with_parent(parent)
        memory, result_size = options["memory"], options["result_size"]
        assert isinstance(memory, int)
        assert isinstance(result_size, int)
        bound_memory(memory + _SLACK)
        answer_questions(
            socket.socket(fileno=descriptor),
            Path(str(options["location"])),
            default_graph="strict" if options["default_graph"] == "strict" else "union",
            result_size=result_size,
        )
        status = 0
    except (BrokenPipeError, ConnectionResetError):
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)
