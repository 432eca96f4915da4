"""Where the ontology and the data that impactgraph ships lie; nothing else knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from impactgraph.errors import ResourceError

__all__ = [
    "case_study_files",
    "data_path",
    "ontology_file",
    "ontology_files",
    "ontology_path",
    "read_query",
    "reference_file",
    "rule_profile_files",
]

_PACKAGE = Path(__file__).resolve().parent


def ontology_path() -> Path:
    """Return the folder of the ontology, its shapes and its queries.

    Raises:
        ResourceError: it is neither in the installed package nor in a checkout.
    """
    return _find_folder("ontology")


def data_path() -> Path:
    """Return the folder of the encoded case studies and of what they share.

    Raises:
        ResourceError: it is neither in the installed package nor in a checkout.
    """
    return _find_folder("data")


def ontology_file() -> Path:
    """Return the file of the ontology itself."""
    return _existing(ontology_path() / "impact.ttl")


def ontology_files() -> tuple[Path, ...]:
    """Return the files that a store holds as the ontology: it, its schemes, and the rules."""
    return (*sorted(ontology_path().glob("*.ttl")), *rule_profile_files())


def reference_file() -> Path:
    """Return the file of what case studies share."""
    return _existing(data_path() / "reference.ttl")


def case_study_files() -> tuple[Path, ...]:
    """Return the files of the encoded case studies, by name."""
    return tuple(sorted((data_path() / "case-studies").glob("*.ttl")))


def rule_profile_files() -> tuple[Path, ...]:
    """Return the files of the rules of exercises, by name."""
    return tuple(sorted((ontology_path() / "rule-profiles").glob("*.ttl")))


@cache
def read_query(name: str) -> str:
    """Return the text of a SPARQL query of the ontology's folder.

    Args:
        name: its path there without ".rq", such as "queries/graph/statements".

    Raises:
        ResourceError: there is no such query.
    """
    return _existing(ontology_path() / f"{name}.rq").read_text(encoding="utf-8")


def _find_folder(name: str) -> Path:
    installed = _PACKAGE / name
    checked_out = _PACKAGE.parent.parent / name
    for folder in (installed, checked_out):
        if folder.is_dir():
            return folder
    raise ResourceError(
        f"the folder {name}/ of impactgraph is missing; install impactgraph again",
        f"it is neither at {installed}, installed, nor at {checked_out}, a checkout",
    )


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise ResourceError(f"{path.name} is missing; install impactgraph again", str(path))
    return path
