"""Where a worker writes an answer: into memory, and from a certain length on into a file."""

from __future__ import annotations

import tempfile
from typing import IO

from impactgraph_api.workers.errors import ResultTooLargeError

__all__ = ["BoundedOutput"]


class BoundedOutput:
    """What the engine writes an answer into.

    Args:
        inline: up to how many bytes it is kept in memory.
        ceiling: how many bytes it may have.
    """

    def __init__(self, *, inline: int, ceiling: int) -> None:
        self._inline = inline
        self._ceiling = ceiling
        self.size = 0
        self.memory = bytearray()
        self.file: IO[bytes] | None = None

    def write(self, chunk: bytes) -> int:
        """Take the next bytes.

        Raises:
            ResultTooLargeError: there are more than there may be.
            OSError: the disk is full.
        """
        self.size += len(chunk)
        if self.size > self._ceiling:
            raise ResultTooLargeError(
                f"the answer has more than {self._ceiling} bytes; ask for less at a time, with "
                "LIMIT and OFFSET or a narrower pattern"
            )
        if self.file is None and self.size > self._inline:
            # It never has a name that a kill could leave behind.
            self.file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - `close` closes it
            self._fill(self.file, self.memory)
            self.memory = bytearray()
        if self.file is None:
            self.memory += chunk
        else:
            self._fill(self.file, chunk)
        return len(chunk)

    def flush(self) -> None:
        """Do nothing: the engine asks for it at the end."""

    def close(self) -> None:
        """Let go of what was written."""
        self.memory = bytearray()
        if self.file is not None:
            self.file.close()
            self.file = None

    @staticmethod
    def _fill(file: IO[bytes], chunk: bytes | bytearray) -> None:
        view = memoryview(chunk)
        while view:
            view = view[file.write(view) :]
