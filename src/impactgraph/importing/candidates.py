"""What is to be imported: the documents of files, and of the rows of exports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from impactgraph.documents import Document, count_documents, read_documents
from impactgraph.errors import DocumentError
from impactgraph.extraction import RULES, slug_of, slugify
from impactgraph.identity import is_slug

__all__ = [
    "Candidate",
    "Known",
    "Selection",
    "count_candidates",
    "find_candidates",
    "leave_out_known",
]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document to import, or why there is none.

    `origin` says where it comes from ("export.xlsx, row 12"), `slug` what its case study is called;
    `failure` why it cannot be imported. Without document and failure it is known already.
    `warnings` say what may be lacking from its text.
    """

    origin: str
    document: Document | None = None
    slug: str | None = None
    failure: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is there of a case study: from which text, read by which program (None: a person)."""

    digest: str
    attributed_to: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows of an export to take; None takes all.

    `institution` and `unit` are a number (UKPRN, number of the unit of assessment) or words of a
    name.
    """

    institution: str | None = None
    unit: str | None = None
    identifiers: Collection[str] | None = None

    def __str__(self) -> str:
        """Return what is selected, in words.

        >>> str(Selection(unit="19"))
        'of the unit 19'
        """
        said = [
            f"of the {name} {value}"
            for name, value in (("institution", self.institution), ("unit", self.unit))
            if value is not None
        ]
        return " and ".join(said)


def count_candidates(paths: Sequence[Path], selection: Selection | None = None) -> int | None:
    """Return about how many documents `find_candidates` yields; None where only it can tell."""
    if selection not in (None, Selection()):
        return None
    counts = [count_documents(path) for path in paths]
    return sum(count or 0 for count in counts) if None not in counts else None


def find_candidates(
    paths: Sequence[Path], selection: Selection | None = None
) -> Iterator[Candidate]:
    """Yield the documents of files in order, an export's row by row as it is read.

    What cannot be read is a candidate without a document, that says why.
    """
    for path in paths:
        try:
            yield from _find_in_file(path, selection or Selection())
        except DocumentError as error:
            yield Candidate(str(path), failure=_without_place(str(error), path))


def leave_out_known(
    candidates: Iterable[Candidate], known: Mapping[str, Known]
) -> Iterator[Candidate]:
    """Yield candidates, without their documents where the same text was read by the same rules.

    Two of one slug cannot both be kept, nor what a person encoded replaced: those are failures.

    Args:
        candidates: the candidates, in order.
        known: what is there already, by slug.
    """
    origins: dict[str, str] = {}
    for candidate in candidates:
        document, slug = candidate.document, candidate.slug
        if document is None or slug is None:
            yield candidate
            continue
        there = known.get(slug)
        failure = None
        if slug in origins:
            failure = f"it would be called {slug}, as {origins[slug]} is"
        elif not is_slug(slug):
            failure = f"it would be called {slug}, and no case study can be; give it another title"
        elif there and there.attributed_to is None:
            failure = f"a person encoded {slug}; remove that case study first to replace it"
        origins.setdefault(slug, candidate.origin)
        if failure or there == Known(document.digest, RULES.iri):
            yield replace(candidate, document=None, failure=failure)
        else:
            yield candidate


def _find_in_file(path: Path, selection: Selection) -> Iterator[Candidate]:
    if path.is_dir():
        raise DocumentError("it is a folder; name the files in it")
    found = False
    for row in read_documents(
        path,
        institution=selection.institution,
        unit=selection.unit,
        identifiers=selection.identifiers,
    ):
        found = True
        alone = row.number is None
        origin = str(path) if alone else f"{path}, row {row.number}"
        fallback = slugify(path.stem) if alone else None
        slug = slug_of(row.document, fallback=fallback) if row.document else None
        failure = row.failure and _without_place(row.failure, path)
        yield Candidate(origin, row.document, slug, failure, row.warnings)
    if not found:
        raise DocumentError(f"it has no case study {selection}".rstrip())


def _without_place(message: str, path: Path) -> str:
    """Return a message without the path that it begins with, where that is said beside it."""
    return message.removeprefix(f"{path}: ").removeprefix(f"{path} ")
