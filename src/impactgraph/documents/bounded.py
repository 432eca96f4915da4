"""Running a reader of hostile files in a process of its own, within limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from impactgraph.errors import DocumentError

__all__ = ["run_bounded"]


def run_bounded(
    program: Path, content: bytes, *, memory: int, seconds: int, most_output: int
) -> bytes:
    """Run a Python program with the content on its standard input and return what it writes.

    The program is given both limits as its arguments and applies them to itself; here the clock
    is watched besides, and whatever outlives it is killed.

    Args:
        program: a file that imports nothing of this package, so that it starts fast.
        content: what it reads.
        memory: how many bytes of address space it may have.
        seconds: how long it may compute; it is killed after twice as long by the clock.
        most_output: how many bytes it may write.

    Raises:
        DocumentError: the program broke down or met a limit.
    """
    # -I: neither the environment nor the working directory decides what is imported.
    command = [sys.executable, "-I", str(program), str(memory), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            command, input=content, capture_output=True, timeout=2 * seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"reading it took more than {2 * seconds} s; {_REMEDY}") from error
    except OSError as error:
        raise DocumentError(f"no process could be started to read it: {error.strerror}") from error
    if done.returncode or len(done.stdout) > most_output:
        raise DocumentError(
            f"reading it broke down, or took more than {seconds} s or {memory // 1_000_000} "
            f"megabytes of memory; {_REMEDY}"
        )
    return done.stdout


_REMEDY = "print the case study alone to a new PDF file, or save it as .docx"
