"""The folder of a store: what lies where, and the two files that are ever replaced.

STORE/FORMAT                 the version of this layout; written last, when a store is made
STORE/CURRENT                names the live generation
STORE/lock                   locked by the one that writes
STORE/SHIPPED                what impactgraph itself put there: see `shipping`
STORE/generations/000042/    an Oxigraph store, never changed once CURRENT has named it
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from impactgraph.errors import StoreError, StoreFullError

__all__ = [
    "Layout",
    "is_short_of_descriptors",
    "read_format",
    "replace_file",
    "report_failure",
    "reporting",
    "reporting_damage",
    "sync_folder",
]

FORMAT_VERSION = 1

_FORMAT = re.compile(rb"impactgraph store (\d{1,9})\n")
_GENERATION = re.compile(r"\d{6,18}")
_LEFTOVER = re.compile(r"(\d{6,18})\.tmp")
_LONGEST_NAME = 64
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_DESCRIPTOR = (errno.EMFILE, errno.ENFILE)
_LOST = (errno.ENOENT, errno.ENOTDIR)
_DAMAGED = "Corruption"
"""How the engine begins to tell that what a table holds is not what was written."""


@contextmanager
def reporting(what: str, place: Path | None = None) -> Iterator[None]:
    """Report an operating system's error, or damage, as an error of the store.

    Args:
        what: what was not possible.
        place: the file or folder that it was not possible with.
    """
    try:
        with reporting_damage():
            yield
    except OSError as error:
        raise report_failure(what, error, place) from error


@contextmanager
def reporting_damage() -> Iterator[None]:
    """Report what the engine finds damaged, while it reads or writes, as an error of the store."""
    try:
        yield
    except RuntimeError as error:
        if not str(error).startswith(_DAMAGED):
            raise
        raise StoreError(
            "the store is damaged; restore its folder from a copy", str(error)
        ) from error


def report_failure(what: str, error: OSError, place: Path | None = None) -> StoreError:
    """Return the store's error for one of the operating system: a full disk is one of its own."""
    details = "" if place is None else str(place)
    if _is_any_of(error, _FULL):
        return StoreFullError("the disk is full; the store is as it was. Make room, then try again")
    if is_short_of_descriptors(error):
        return StoreError(
            f"{what}: too many files and connections are open; try again shortly, or allow more "
            "(ulimit -n)",
            details,
        )
    if error.strerror is None:
        # The engine's own words name files.
        return StoreError(f"{what}: the disk fails, or something is missing there", str(error))
    return StoreError(f"{what}: {error.strerror}", details)


def is_short_of_descriptors(error: OSError) -> bool:
    """Return whether an error says that too many files are open, which says nothing of this one."""
    return _is_any_of(error, _NO_DESCRIPTOR)


def _is_any_of(error: OSError, numbers: Sequence[int]) -> bool:
    # The engine passes on the words of an error and not its number.
    return error.errno in numbers or any(os.strerror(number) in str(error) for number in numbers)


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of a store in the folder `root`."""

    root: Path

    @property
    def lock(self) -> Path:
        """The file that the one who writes has locked."""
        return self.root / "lock"

    @property
    def current(self) -> Path:
        """The file that names the live generation."""
        return self.root / "CURRENT"

    @property
    def format(self) -> Path:
        """The file that marks the folder as a store, with the layout's version."""
        return self.root / "FORMAT"

    @property
    def generations(self) -> Path:
        """The folder of generations."""
        return self.root / "generations"

    def generation(self, number: int) -> Path:
        """Return the folder of a generation."""
        return self.generations / f"{number:06d}"

    def unfinished(self, number: int) -> Path:
        """Return the folder that a generation has while it is being copied."""
        return self.generations / f"{number:06d}.tmp"

    def numbers(self) -> dict[Path, int]:
        """Return every generation's folder and number, strays and unfinished ones included."""
        found = {}
        for path in self.generations.iterdir():
            match = _LEFTOVER.fullmatch(path.name) or _GENERATION.fullmatch(path.name)
            if match:
                found[path] = int(match[match.lastindex or 0])
        return found

    def read_pointer(self) -> bytes:
        """Return what CURRENT holds, as cheaply as can be: every query asks."""
        try:
            descriptor = os.open(self.current, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            if error.errno not in _LOST:
                raise report_failure("the store cannot be read", error, self.current) from error
            raise StoreError(
                f"the store has lost its CURRENT; {self._remedy()}", str(self.root)
            ) from error
        try:
            return os.read(descriptor, _LONGEST_NAME)
        finally:
            os.close(descriptor)

    def parse_pointer(self, pointer: bytes) -> int:
        """Return the number of the generation that CURRENT names.

        Raises:
            StoreError: it names none.
        """
        name = pointer.decode("ascii", errors="replace").removesuffix("\n")
        if not _GENERATION.fullmatch(name):
            raise StoreError(
                f"the CURRENT of the store holds {name!r}, no generation; {self._remedy()}",
                str(self.root),
            )
        return int(name)

    def live(self) -> int:
        """Return the number of the live generation."""
        return self.parse_pointer(self.read_pointer())

    def make_live(self, number: int) -> None:
        """Name a finished generation in CURRENT, so that it survives a power cut once named."""
        sync_folder(self.generations)
        replace_file(self.current, f"{number:06d}\n".encode("ascii"))

    def _remedy(self) -> str:
        finished: list[str] = []
        with suppress(OSError):
            finished += [path.name for path in self.numbers() if _GENERATION.fullmatch(path.name)]
        if not finished:
            return "no generation is left: restore the folder from a copy"
        return f"write a line with the newest whole generation into it (here: {max(finished)})"


def read_format(layout: Layout) -> bool:
    """Return whether the folder is a store of a format that this version reads.

    Raises:
        StoreError: it is a store of another format, or its mark cannot be read.
    """
    with reporting("the store cannot be opened", layout.root):
        try:
            mark = layout.format.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return False
    match = _FORMAT.fullmatch(mark)
    if match is None:
        raise StoreError(
            "the FORMAT does not mark an impactgraph store; choose another folder, or restore that "
            "file from a copy",
            str(layout.format),
        )
    version = int(match[1])
    if version != FORMAT_VERSION:
        raise StoreError(
            f"the store has format {version}, this version of impactgraph reads format "
            f"{FORMAT_VERSION}: open it with the version that wrote it",
            str(layout.root),
        )
    return True


def write_format(layout: Layout) -> None:
    """Mark the folder as a finished store."""
    replace_file(layout.format, f"impactgraph store {FORMAT_VERSION}\n".encode("ascii"))


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file whole, so that it holds the old or the new content after a power cut."""
    temporary = path.with_name(f"{path.name}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(temporary, path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
