"""Writing invented case studies: one file of N-Quads each, and one of what they share."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from rdflib import Graph

from benchmarks.invention import OUTLINE, READING, Shape, invent_case_study
from benchmarks.reference import invent_reference
from impactgraph.encoding import encode, encode_reference
from impactgraph.store.terms import to_graph_name, to_quad
from impactgraph.validation import validate
from impactgraph.vocabulary import REFERENCE_GRAPH

__all__ = ["SHAPES", "check_sample", "write_case_studies"]

SHAPES = {"outline": OUTLINE, "reading": READING}


def write_case_studies(
    folder: Path, count: int, *, seed: int = 1, shape: Shape = OUTLINE
) -> tuple[tuple[str, ...], int]:
    """Write case studies that nobody wrote, `<slug>.nq` each, and reference.nq.

    Args:
        folder: where to; it is made where it is not there.
        count: how many case studies.
        seed: of the pseudo-random choices: the same seed gives the same files.
        shape: how many members a case study has.

    Returns:
        The IRIs of the case studies, and the number of all triples.
    """
    folder.mkdir(parents=True, exist_ok=True)
    triples = _write(folder / "reference.nq", REFERENCE_GRAPH, encode_reference(invent_reference()))
    iris = []
    for number in range(1, count + 1):
        case = invent_case_study(number, seed=seed, shape=shape)
        triples += _write(folder / f"{case.slug}.nq", case.iri, encode(case))
        iris.append(case.iri)
    return tuple(iris), triples


def check_sample(numbers: Iterable[int], *, seed: int = 1, shape: Shape = OUTLINE) -> None:
    """Check some of the case studies, with what they share, against the shapes.

    Raises:
        ValueError: one of them breaks a constraint or draws a warning; the message is the report.
    """
    reference = encode_reference(invent_reference())
    for number in numbers:
        case = invent_case_study(number, seed=seed, shape=shape)
        report = validate(encode(case), background=reference)
        if report.results:
            raise ValueError(f"the generated case study {case.slug}: {report}")


def _write(path: Path, name: str, graph: Graph) -> int:
    graph_name = to_graph_name(name)
    lines = sorted(f"{to_quad(triple, graph_name)} .\n" for triple in graph)
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write case studies to a folder, as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generator", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--case-studies", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shape", choices=SHAPES, default="outline")
    parser.add_argument("--check", type=int, default=3, help="how many to check against the shapes")
    chosen = parser.parse_args(arguments)
    shape = SHAPES[chosen.shape]
    check_sample(range(1, chosen.check + 1), seed=chosen.seed, shape=shape)
    iris, triples = write_case_studies(
        chosen.folder, chosen.case_studies, seed=chosen.seed, shape=shape
    )
    print(f"{len(iris)} case studies, {triples} triples, in {chosen.folder}")


if __name__ == "__main__":
    main()
