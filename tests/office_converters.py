"""One text converted to a web page, DOCX and PDF, with pandoc and LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

__all__ = ["MISSING", "convert_text", "run_office", "run_pandoc"]

READER = "markdown+lists_without_preceding_blankline-smart-citations-tex_math_dollars"
_PANDOC = shutil.which("pandoc")
_OFFICE = shutil.which("soffice")
_TITLE = re.compile(r"(?m)^([1-5])\. (?=(?:[A-Z][a-z]+ )(?:\w+ )*(?:impact|research)\s*$)")

MISSING = (
    ""
    if _PANDOC and _OFFICE
    else "pandoc or soffice is missing: apt-get install pandoc libreoffice-writer-nogui"
)
"""Why nothing can be converted here, "" where it can."""


def run_pandoc(source: Path, target: Path, reader: str = READER) -> None:
    command = [str(_PANDOC), "-f", reader, "-s", "--wrap=none", "-V", "pagetitle=-"]
    subprocess.run([*command, str(source), "-o", str(target)], check=True, timeout=120)


def run_office(source: Path, kind: str, profile: Path) -> Path:
    command = [str(_OFFICE), f"-env:UserInstallation=file://{profile}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, timeout=300, capture_output=True)
    return source.with_suffix(f".{kind}")


def convert_text(written: str, folder: Path, reader: str = READER) -> dict[str, Path]:
    """Write a case study's Markdown as text, Markdown, a web page, DOCX and PDF."""
    paths = {kind: folder / f"written.{kind}" for kind in ("txt", "md", "html", "docx")}
    for kind in ("txt", "md"):
        raised = re.sub(r"\^([\d,]+)\^", r"<sup>\1</sup>", written)
        paths[kind].write_text(raised, "utf-8")
    # The sections' numbers are no lists.
    escaped = folder / "escaped.md"
    escaped.write_text(_TITLE.sub(r"\1\\. ", written), "utf-8")
    for kind in ("docx", "html"):
        run_pandoc(escaped, paths[kind], reader)
    return {**paths, "pdf": run_office(paths["docx"], "pdf", folder / "profile")}
