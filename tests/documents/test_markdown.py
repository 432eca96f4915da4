"""An export's escaped Markdown becomes clean text that has lost no word."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from impactgraph.documents.addresses import unwrap_addresses
from impactgraph.documents.characters import clean_characters
from impactgraph.documents.exports.titles import drop_titles
from impactgraph.documents.markdown import clean_markdown, escape_text

SAFE = "https://eur03.safelinks.protection.outlook.com/"


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            (r" \(see \[R1\]\) \- a\_b \#3 ", "(see [R1]) - a_b #3"),
            (r"2\* and 3 \< 4 \`x\` a\\b", r"2\* and 3 \< 4 \`x\` a\\b"),
            ("a\u00a0b&nbsp;c &amp; d &#163;5 R&D; KS1&2;", "a b c & d £5 R&D; KS1&2;"),
            ("&lt;name&gt; &#42;", r"\<name> \*"),
            (
                "<ins>under</ins> CO<sub>2</sub> x<sup >2</sup>",
                "under CO<sub>2</sub> x<sup>2</sup>",
            ),
            ("<b>one</b> <i>two</i> <span style='a'>three</span>", "**one** *two* three"),
            ("he said <text removed> £2<Costs<£5", r"he said \<text removed> £2\<Costs<£5"),
            ("<https://a.org/b>", "https://a.org/b"),
            (r"[https://a.org/b\-c\_d](https://a.org/b-c_d)", "https://a.org/b-c_d"),
            (r"[<ins>https://a.org</ins>](https://a.org).", "https://a.org."),
            ("[a@b.org](mailto:a@b.org)", "a@b.org"),
            (
                r"[the \[2nd\] one](https://a.org/x(1).pdf)",
                "[the [2nd] one](https://a.org/x(1).pdf)",
            ),
            ("so[ ](https://a.org)on [ ](file://x)", "so[ ](https://a.org)on"),
            (f"[here]({SAFE}?url=https%3A%2F%2Fa.org%2Fb&data=1)", "[here](https://a.org/b)"),
            ("\uf0b7 one \uf0a3 2", "• one ≤ 2"),
        ],
    )
    def test_words_are_set_free_of_escapes(self, cell: str, text: str) -> None:
        assert clean_markdown(cell) == text

    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ("one\n\n\n two \n", "one\n\ntwo"),
            ("#  One\n\n##### Two \n\n#\n\nthree", "### One\n\n### Two\n\nthree"),
            ("#  \nOn the next line", "### On the next line"),
            (r"\# no heading", r"\# no heading"),
            ("1.  one\n\n1.  two\n  - three\n\nfour", "1. one\n1. two\n- three\n\nfour"),
            ("  1.  \nits words", "1. its words"),
            ("1.  one\n\n    1.  part\n\n1.  two", "1. one\n    1. part\n1. two"),
            ("a line that\ngoes on\n, and on", "a line that goes on, and on"),
            ("| **a** | b |\n| --- | --- |\n| c |  |\n||", "| **a** | b |\n| c |  |"),
            (" a | b |\n| --- | --- |\n| c | d |", "| a | b |\n| c | d |"),
            ("| ### Framed |\n| --- |\n| words |", "### Framed\n\nwords"),
            ("<<<<<<< HEAD\none\n\n=======\ntwo\n>>>>>>> 2caf (x)", "one\n\ntwo"),
        ],
    )
    def test_blocks_are_set_apart(self, cell: str, text: str) -> None:
        assert clean_markdown(cell) == text

    @given(st.text(alphabet="ab1.#|-*_<>()[]\\ \n&;`", max_size=120))
    @example("<a\n>")
    def test_no_letter_is_lost(self, cell: str) -> None:
        def letters(text: str) -> str:
            return "".join(filter(str.isalnum, text))

        assert letters(clean_markdown(cell)) == letters(re.sub(r"</?(?:a|b) ?/?>", "", cell))

    @given(st.text(max_size=80))
    def test_escaped_words_read_as_they_were(self, words: str) -> None:
        assert re.sub(r"\\([*<`\\])", r"\1", escape_text(words)) == words


class TestTitles:
    @pytest.mark.parametrize(
        ("kind", "line", "left"),
        [
            ("1", "### 1. Summary of the impact (indicative maximum 100 words)", ""),
            ("1", "1. **Summary of the impact**", ""),
            ("1", "**1. Summary**", ""),
            ("1", "**Summary of Impact**", ""),
            ("2", "**2.** **Underpinning research:**", ""),
            ("2", "### 2. Underpinning research (533, indicative maximum 500 words)", ""),
            ("2", "1. **2. Underpinning research (indicative maximum 500 words)**", ""),
            ("4", "**Section 4. Details of the impact** (indicative maximum 750 words", ""),
            ("4", "**4. Impact**", ""),
            (
                "5",
                "**5) Sources to corroborate the impact **(indicative maximum of ten references)**",
                "",
            ),
            (
                "5",
                "### - Sources to corroborate the impact (indicative maximum of 10 references).",
                "",
            ),
            (
                "3",
                "**3. References to the research** (Leeds authors in **bold**)",
                "(Leeds authors in **bold**)",
            ),
            ("3", "**3. References to the research** *(all reviewed)*", "*(all reviewed)*"),
            ("3", "**3. References to the research (Leeds authors)**", "**(Leeds authors)**"),
            ("1", "### 1. Summary of the impact In a world of rust", "In a world of rust"),
            ("5", "**5. Sources to corroborate the impact**S1. A letter", "S1. A letter"),
            ("4", "4. Details of the impact: the study", "the study"),
        ],
    )
    def test_a_title_at_the_start_goes(self, kind: str, line: str, left: str) -> None:
        assert drop_titles(f"{line}\n\nMore.", kind) == "\n\n".join(filter(None, [left, "More."]))

    @pytest.mark.parametrize(
        ("kind", "line"),
        [
            ("2", "2. Underpinning research of this kind is rare."),
            ("2", "Underpinning research has shown much."),
            ("2", "**Underpinning researchers**"),
            ("1", "Summary"),
            ("4", "Impact"),
            ("4", "### Impact on policy"),
            ("4", "5. Sources to corroborate the impact"),
            ("3", "3.1 Smith, References to the research, 2015."),
        ],
    )
    def test_other_lines_stay(self, kind: str, line: str) -> None:
        assert drop_titles(f"{line}\n\nMore.", kind) == f"{line}\n\nMore."

    def test_a_repeated_title_goes_but_words_after_one_stay(self) -> None:
        text = "One.\n\n### 4. Details of the impact\n\nTwo.\n\n4. Details of the impact on us"
        assert drop_titles(text, "4") == "One.\n\nTwo.\n\n4. Details of the impact on us"


class TestAddresses:
    @pytest.mark.parametrize(
        ("text", "unwrapped"),
        [
            (
                f"see {SAFE}?url=http%3A%2F%2Fa.org%2F%3Fq%3D1&data=04 on",
                "see http://a.org/?q=1 on",
            ),
            (f"{SAFE}GetUrl?id=1&amp;url=https%3A%2F%2Fa.org%2F(x)", "https://a.org/(x)"),
            (f"{SAFE}?url=https%3A%2F%2Fa.org%2F%28x%29", "https://a.org/%28x%29"),
        ],
    )
    def test_wrapped_addresses_are_unwrapped(self, text: str, unwrapped: str) -> None:
        assert unwrap_addresses(text) == unwrapped

    @pytest.mark.parametrize("text", ["https://a.org/?url=b", f"{SAFE}?url=javascript%3Ax"])
    def test_others_stay(self, text: str) -> None:
        assert unwrap_addresses(text) == text


@given(st.text(max_size=60))
def test_cleaning_characters_twice_changes_nothing(text: str) -> None:
    assert clean_characters(clean_characters(text)) == clean_characters(text)
