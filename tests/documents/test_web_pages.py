"""A web page gives the text that a browser shows, without what is around it."""

from __future__ import annotations

import pytest

from impactgraph.documents import read_content
from impactgraph.documents.web_pages import read_web_page
from impactgraph.errors import DocumentError

PAGE = """<!DOCTYPE html>
<html><head><title>Database</title><script>var a = "<p>not shown</p>";</script></head><body>
<nav><ul><li>Home</li></ul></nav>
<main><h1>Safer <em>bridges</em></h1>
<dl><dt>Submitting institution</dt><dd>University of Nowhere</dd>
<dt>Unit of assessment</dt><dd>12 - Engineering</dd>
<dt>Is this case study continued from a case study submitted in 2014?</dt><dd>No</dd></dl>
<h4>1. Summary of the impact</h4><p>Two&nbsp;councils
 inspect bridges <b>otherwise</b> [R1].<sup>2</sup></p>
<h4>2. Underpinning research</h4><p>Cracks grow by 2*.<br>See
 <a href="https://a.org/x">here</a>, <a href="https://b.org">https://b.org</a>,
 <a href="#top">up</a>.</p>
<h4>3. References to the research</h4>
<ol type="A" start="2"><li>A. Author, <i>Cracks</i>, 2015.</li><li value="7"><p>B. Author.</p>
<p>Her second.</p><ul><li>inside</li></ul></li></ol>
<h4>4. Details of the impact</h4><h5>Councils</h5>
<table><thead><tr><th>Year</th><th>Spent</th></tr></thead><tr><td>2015</td><td>&pound;3</td></tr></table>
<table><tr><td><p>Framed.</p><p>All of it.</p></td></tr></table>
<h4>5. Sources to corroborate the impact</h4><p style="display: none">Hidden.</p><p>A letter.</p>
<h3>Additional contextual information</h3><p>Grant funding</p></main>
<footer>Cookies</footer></body></html>
"""
TEXT = """\
Title of case study: Safer *bridges*

Institution: University of Nowhere

Unit of assessment: 12 - Engineering

Is this case study continued from a case study submitted in 2014? No

1. Summary of the impact

Two councils inspect bridges **otherwise** [R1].<sup>2</sup>

2. Underpinning research

Cracks grow by 2\\*.

See [here](https://a.org/x), https://b.org, up.

3. References to the research

B. A. Author, *Cracks*, 2015.
G. B. Author.

Her second.

    - inside

4. Details of the impact

### Councils

| Year | Spent |
| 2015 | £3 |

Framed.

All of it.

5. Sources to corroborate the impact

A letter.
"""


def test_a_page_of_the_database_is_read() -> None:
    assert read_web_page(PAGE.encode()) == TEXT


def test_it_is_a_case_study() -> None:
    document = read_content(PAGE.encode(), "page.html")
    assert document.media_type == "text/html"
    assert [section.kind for section in document.sections] == ["A", "1", "2", "3", "4", "5"]
    assert document.submission is not None
    assert document.submission.unit == "12"
    assert document.submission.title == "Safer bridges"


def test_a_page_without_numbers_and_lists_is_a_case_study() -> None:
    titles = (
        "Summary of the impact",
        "Underpinning research",
        "References to the research",
        "Details of the impact",
        "Sources to corroborate the impact",
    )
    page = (
        "<h1>All our case studies</h1><h2>Safer bridges</h2>"
        "<h5>Submitting Institution</h5><p>University of Nowhere</p>"
        "<h5>Unit of Assessment</h5><p>General Engineering</p>"
    ) + "".join(f"<h4>{title}</h4><p>Words.</p><h4>More</h4>" for title in titles)
    document = read_content(page.encode(), "page.htm")
    assert len(document.sections) == 6
    assert document.submission is not None
    assert document.submission.title == "Safer bridges"
    assert document.submission.institution == "University of Nowhere"
    assert document.submission.unit_name == "General Engineering"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>caf\u00e9".encode(), "café\n"),
        (b'<meta charset="iso-8859-15"><p>\xa4', "€\n"),
        (b"<p>\x93so\x94", "“so”\n"),
        ("\ufeff<p>caf\u00e9".encode("utf-16-le"), "café\n"),
        (b"<meta charset=nonsense><p>\xe9", "é\n"),
        (b"<p>a &lt;b&gt; &bull; &#0; \x00c", "a \\<b> • \ufffd c\n"),
    ],
)
def test_the_encoding_is_found(content: bytes, text: str) -> None:
    read = read_web_page(content)
    assert read.replace("\ufffd ", "") == text.replace("\ufffd ", "")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ol><li>a<li>b</ol>", "1. a\n2. b\n"),
        ("<ol type=i><li>a<li>b</ol>", "i. a\nii. b\n"),
        ('<ol style="list-style-type: lower-alpha"><li>x</ol>', "a. x\n"),
        ('<ul style="list-style-type:none"><li>x</ul>', "x\n"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n    - b\n- c\n"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree\n"),
        ("<p>a<!-- no --><?no?> <del>gone</del>b", "a b\n"),
        ("<form><p>kept</p><button>Send</button></form>", "kept\n"),
        ("<p>one<p>two", "one\n\ntwo\n"),
    ],
)
def test_blocks_are_read_as_shown(html: str, text: str) -> None:
    assert read_web_page(html.encode()) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<span style="font-weight:700">b</span> <i>c</i>', "**b** *c*"),
        ("<b>b</b><em> c</em>", "**b** *c*"),
        ('x<span style="vertical-align:super">2</span>', "x<sup>2</sup>"),
    ],
)
def test_styles_are_kept_in_a_section(html: str, text: str) -> None:
    page = f"<h2>1. Summary of the impact</h2><p>{html}</p>"
    assert read_web_page(page.encode()) == f"1. Summary of the impact\n\n{text}\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<div>" * 5000, "nested too deep"),
        (b"<p>" + b"a" * 12_000_000, "too long"),
        (b"<p>" + b"a " * 6_000_000, "too many words, or attributes"),
        (b"<p " + b"".join(b"a%d=1 " % n for n in range(200_000)) + b">", "attributes of one tag"),
        (b"<p " + b"".join(b'a%d=""' % n for n in range(200_000)) + b">", "attributes of one tag"),
        (b"<p>" * 100_001, "more than 100000 tags"),
        (b" " * 20_000_001, "more than 20000000 bytes"),
        (b"", "empty"),
    ],
)
def test_what_is_beyond_measure_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_web_page(content)


def test_entities_cannot_multiply() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;</p>'
    assert len(read_web_page(bomb.encode())) < 100
