"""The English texts stand in one place for translators, and hold what the templates say."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from impactgraph_api import pages

SERVICE = Path(pages.__file__).parents[1]
METHODS = [("templates/**.html", "jinja2"), ("pages/**.py", "python")]


def test_the_catalogue_of_texts_is_what_the_pages_say() -> None:
    options = {"templates/**.html": {"trimmed": "true"}}
    found = {
        message for _, _, message, _, _ in extract_from_dir(SERVICE, METHODS, options_map=options)
    }
    with (SERVICE / "locale" / "impactgraph.pot").open("rb") as file:
        kept = {message.id for message in read_po(file) if message.id}
    assert kept == found, "run `make texts`"
    assert len(kept) > 5
