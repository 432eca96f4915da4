"""What a worker may not do: open sockets, outgrow its memory, outlive who started it."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
import threading
import time
from typing import Final

__all__ = ["bound_memory", "end_with_parent", "forbid_sockets"]

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_MODE_FILTER: Final = 2
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_KILL: Final = 0x80000000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET = 0, 4
_FOREIGN_NUMBERS: Final = 0x40000000

# Architecture as the kernel calls it, number of socket(2), number of io_uring_setup(2): a ring can
# make sockets too.
_SYSTEM_CALLS: Final = {
    "x86_64": (0xC000003E, 41, 425),
    "aarch64": (0xC00000B7, 198, 425),
}


class _Program(ctypes.Structure):
    """`struct sock_fprog` of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def forbid_sockets() -> bool:
    """Keep this process, and all that it starts, from ever making a socket (seccomp(2)).

    Returns:
        Whether the system could do that: Linux on x86-64 or ARM64 can.
    """
    calls = _SYSTEM_CALLS.get(platform.machine())
    if sys.platform != "linux" or calls is None:
        return False
    architecture, socket_call, ring_call = calls
    # Each: operation, jump where true, jump where false, operand (linux/bpf_common.h).
    instructions = (
        (_LOAD, 0, 0, _ARCHITECTURE_OFFSET),
        (_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_OFFSET),
        (_IF_AT_LEAST, 2, 0, _FOREIGN_NUMBERS),
        (_IF_EQUAL, 1, 0, socket_call),
        (_IF_EQUAL, 0, 1, ring_call),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(
        b"".join(struct.pack("HBBI", *instruction) for instruction in instructions)
    )
    program = _Program(len(instructions), ctypes.addressof(code))
    return (
        _control(_PR_SET_NO_NEW_PRIVS, 1) == 0
        and _control(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program)) == 0
    )


def bound_memory(ceiling: int) -> None:
    """Bound the data of this process, in bytes, and leave no core file where it crashes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling, ceiling))


def end_with_parent(parent: int) -> None:
    """End this process when its parent ends, be it in the middle of a query.

    Args:
        parent: the process that ought to be the parent now.
    """
    if sys.platform == "linux":
        _control(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_await_orphanage, args=(parent,), daemon=True).start()
    # It may have ended before it was watched.
    if os.getppid() != parent:
        os._exit(1)


def _await_orphanage(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _control(option: int, first: int, second: int = 0) -> int:
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return int(prctl(option, first, second, 0, 0))
