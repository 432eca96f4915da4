"""How long the page of a case study takes until its graph answers a click, and how much it weighs.

A browser opens invented case studies of three sizes, each time with an empty cache. As soon as a
card can be clicked, it is; the clock, which started with the navigation, stops when the chains
through the card are lit and painted. Weight is what went over the wire, bodies only.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.invention import Shape, invent_case_study
from benchmarks.machine import describe_machine
from benchmarks.reference import invent_reference
from benchmarks.service import build_store, make_service
from impactgraph.encoding import encode, encode_reference
from impactgraph.store.terms import to_graph_name, to_quad
from impactgraph.vocabulary import REFERENCE_GRAPH

__all__ = ["SIZES", "Opened", "invent_store", "open_once"]

SIZES = {
    24: Shape(
        findings=(5, 5),
        outputs=(5, 5),
        pathways=(3, 3),
        impacts=(4, 4),
        claims=(2, 4),
        sources=(7, 7),
        authors=(1, 4),
        own_anchors=True,
    ),
    80: Shape(
        findings=(14, 14),
        outputs=(16, 16),
        pathways=(14, 14),
        impacts=(14, 14),
        claims=(2, 3),
        sources=(22, 22),
        authors=(1, 4),
        own_anchors=True,
    ),
    500: Shape(
        findings=(90, 90),
        outputs=(100, 100),
        pathways=(90, 90),
        impacts=(90, 90),
        claims=(1, 2),
        sources=(130, 130),
        authors=(1, 2),
        own_anchors=True,
    ),
}
"""How many members a case study has that has so many cards."""

_CLICK = """(() => {
  const isLit = () => document.querySelector("#cards [aria-pressed=true]");
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => {
    window.answered = performance.now();
  }));
  const attempt = () => {
    document.querySelector("#cards button")?.click();
    if (isLit()) painted(); else requestAnimationFrame(attempt);
  };
  attempt();
})()"""

_WEIGHT = """() => [...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")]
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening: milliseconds until a click was answered, and bytes over the wire."""

    milliseconds: float
    weight: int


def invent_store(folder: Path, sizes: Sequence[int], *, seed: int = 1) -> dict[int, str]:
    """Make a store in `folder` / store with one case study of each size; return their slugs."""
    files = folder / "files"
    files.mkdir(parents=True)
    slugs = {}
    graphs = {REFERENCE_GRAPH: encode_reference(invent_reference())}
    for number, size in enumerate(sizes, start=1):
        case = invent_case_study(number, seed=seed, shape=SIZES[size])
        graphs[case.iri] = encode(case)
        slugs[size] = case.slug
    for number, (name, graph) in enumerate(graphs.items()):
        graph_name = to_graph_name(name)
        quads = sorted(f"{to_quad(triple, graph_name)} .\n" for triple in graph)
        (files / f"{number}.nq").write_text("".join(quads), encoding="utf-8")
    build_store(folder / "store", sorted(files.glob("*.nq")))
    return slugs


def open_once(browser: Browser, address: str) -> Opened:
    """Open a page with an empty cache and click its first card as soon as that is answered."""
    # What waits for the answer is evaluated as a string, which the policy of the pages forbids.
    context = browser.new_context(viewport={"width": 1400, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(_CLICK)
    page.goto(address)
    page.wait_for_function("window.answered")
    opened = Opened(page.evaluate("window.answered"), page.evaluate(_WEIGHT))
    context.close()
    return opened


def _measure(browser: Browser, url: str, slugs: dict[int, str], rounds: int) -> Iterator[str]:
    for size, slug in slugs.items():
        address = f"{url}/case-studies/{slug}"
        open_once(browser, address)
        runs = [open_once(browser, address) for _ in range(rounds)]
        times = sorted(run.milliseconds for run in runs)
        weight = max(run.weight for run in runs) / 1000
        yield (
            f"| {size} | {statistics.median(times):.0f} | {times[0]:.0f} to {times[-1]:.0f} "
            f"| {weight:.0f} |"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Invent, serve, open, and print the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--cpus", default="0,1", help="of the service")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    chosen = parser.parse_args(arguments)
    print(describe_machine(), end="\n\n")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name, sync_playwright() as playwright:
        slugs = invent_store(Path(name), chosen.sizes)
        service = make_service(
            "impactgraph",
            store=Path(name) / "store",
            folder=Path(name) / "service",
            cpus=chosen.cpus,
        )
        service.start()
        browser = playwright.chromium.launch(
            executable_path=chosen.browser, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            print("| cards | median ms | from, to | KB |\n|--:|--:|--:|--:|")
            for line in _measure(browser, service.url, slugs, chosen.rounds):
                print(line, flush=True)
        finally:
            browser.close()
            service.stop()


if __name__ == "__main__":
    main()
