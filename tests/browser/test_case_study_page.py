from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import OpenPage

PATH = "/case-studies/jam-and-justice"
SCROLLBAR = 15

DRAWN = """() => {
  const wanted = JSON.parse(document.getElementById("data").textContent);
  const box = document.getElementById("network").getBoundingClientRect();
  const scroll = document.getElementById("scroll");
  const edges = button => {
    const place = button.getBoundingClientRect();
    return [place.left, place.top, place.right, place.bottom];
  };
  return {
    nodes: wanted.nodes.length,
    canvas: document.querySelectorAll("#network canvas").length,
    scale: box.width / wanted.picture.width,
    page: [innerWidth, innerHeight],
    sideways: scroll.scrollWidth - scroll.clientWidth,
    cards: [...document.querySelectorAll("#cards button")].map(edges),
  };
}"""

PICKED = """buttons =>
  buttons.filter(button => button.ariaPressed === "true").map(button => button.dataset.pick)"""

PAINTED = """() => {
  const canvas = document.querySelector("#network canvas");
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const data = JSON.parse(document.getElementById("data").textContent);
  const ratio = canvas.width / data.picture.width;
  const style = getComputedStyle(document.documentElement);
  return data.nodes.map(node => {
    const x = Math.round((node.x - node.width / 2 + 2.5) * ratio);
    const y = Math.round(node.y * ratio);
    const [red, green, blue] = context.getImageData(x, y, 1, 1).data;
    const parts = [red, green, blue].map(part => part.toString(16).padStart(2, "0"));
    return ["#" + parts.join(""), style.getPropertyValue("--" + node.stage).trim()];
  });
}"""

TOP = "place => document.querySelector(place).getBoundingClientRect().top"

LINKS_UNDER = """heading => {
  const titles = [...document.querySelectorAll("#details h3")];
  const list = titles.find(title => title.textContent === heading).nextElementSibling;
  return [...list.querySelectorAll(":scope > li > a")].map(link => link.hash.slice(6));
}"""


def picked(page: Page) -> str:
    return ",".join(page.locator("#cards button").evaluate_all(PICKED))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.pick ?? ''"))


@pytest.mark.parametrize("basis", ["stated", "curated", "inferred"])
@pytest.mark.parametrize("width", [1400, 1400 - SCROLLBAR])
def test_all_cards_are_in_the_first_screen_and_large_enough_to_read(
    open_page: OpenPage, site: str, width: int, basis: str
) -> None:
    with open_page(f"{site}{PATH}?basis={basis}", width=width) as page:
        drawn = page.evaluate(DRAWN)
    assert drawn["canvas"] == 1
    assert drawn["nodes"] == len(drawn["cards"]) == 24
    assert drawn["sideways"] <= 0
    assert 12.5 * drawn["scale"] >= 12.5
    width, height = drawn["page"]
    for left, top, right, bottom in drawn["cards"]:
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height


def test_every_card_is_painted_on_the_canvas(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH) as page:
        # Each card's strip bears its stage's colour on the canvas itself.
        colours = page.evaluate(PAINTED)
    assert len(colours) == 24
    assert all(seen == wanted for seen, wanted in colours)


def test_a_click_shows_the_words_and_lights_the_chains(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH) as page:
        page.click('#cards [data-pick="impact/3"]')
        panel = page.locator("#details")
        expect(page.locator("#intro")).to_be_hidden()
        expect(panel.locator(".sentence")).to_contain_text("credits the research as a whole")
        expect(panel.locator("blockquote.words").first).to_contain_text("section")
        expect(panel.get_by_text("source F", exact=False).first).to_be_visible()
        assert page.url.endswith("#node=impact/3")
        assert "cards lit" in page.inner_text("#status")
        assert picked(page) == "impact/3"
        page.keyboard.press("Escape")
        assert picked(page) == ""
        expect(page.locator("#intro")).to_be_visible()


def test_the_panel_follows_links_and_the_back_button(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH + "#node=output/1") as page:
        assert picked(page) == "output/1"
        page.locator("#details a[href='#node=finding/e']").first.click()
        assert picked(page) == "finding/e"
        page.go_back()
        assert picked(page) == "output/1"
        assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("key", ["finding/a", "source/G", "pathway/2", "research"])
def test_a_deep_link_is_restored(open_page: OpenPage, site: str, key: str) -> None:
    with open_page(f"{site}{PATH}#node={key}") as page:
        expect(page.locator("#details article")).to_be_visible()
        assert page.evaluate("document.querySelector('#details article').dataset.node") == key
        assert page.evaluate("scrollY") == 0


def test_a_deep_link_to_a_claim_opens_its_impact(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH) as page:
        key = page.evaluate("document.querySelector('#text .claim').dataset.node")
    with open_page(f"{site}{PATH}#node={key}") as page:
        assert picked(page).startswith("impact/")
        expect(page.locator("#details .claim.lit")).to_be_visible()


def test_an_unknown_deep_link_shows_the_whole_and_says_so(open_page: OpenPage, site: str) -> None:
    for key in ("nothing/1", "%E0%A4%A", "<img src=x>"):
        with open_page(f"{site}{PATH}#node={key}") as page:
            assert picked(page) == ""
            expect(page.locator("#intro")).to_be_visible()
            notice = page.locator("#notice")
            expect(notice).to_have_text(re.compile("^This case study has no “.+”; the whole"))
            page.click('#cards [data-pick="impact/3"]')
            expect(notice).to_be_hidden()


def test_the_cards_are_worked_by_keyboard(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH) as page:
        for _ in range(30):
            page.keyboard.press("Tab")
            if focused(page).startswith("finding/"):
                break
        assert focused(page) == "finding/a"
        page.keyboard.press("ArrowDown")
        assert focused(page) == "finding/b"
        page.keyboard.press("End")
        assert focused(page) == "finding/e"
        page.keyboard.press("ArrowDown")
        assert focused(page) == "finding/e"
        seen = []
        for _ in range(5):
            page.keyboard.press("ArrowRight")
            seen.append(focused(page).partition("/")[0])
        assert seen == ["output", "pathway", "impact", "source", "source"]
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px"
        page.keyboard.press("Enter")
        assert picked(page) == focused(page) != ""
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "panel"
        page.keyboard.press("Escape")
        assert picked(page) == ""


def test_the_switch_keeps_what_is_picked_and_the_cards_keep_their_places(
    open_page: OpenPage, site: str
) -> None:
    with open_page(site + PATH + "#node=finding/d") as page:
        before = page.evaluate(DRAWN)["cards"]
        page.click('.switch [data-basis="stated"]')
        page.wait_for_selector('.switch [data-basis="stated"][aria-current]')
        page.wait_for_selector("html[data-ready]")
        assert page.url.endswith("?basis=stated#node=finding/d")
        assert picked(page) == "finding/d"
        assert page.evaluate(DRAWN)["cards"] == before
        hidden = page.locator(".break a")
        expect(hidden).to_have_text(re.compile(r"\d+ curated links hidden: show"))
        hidden.click()
        page.wait_for_selector('.switch [data-basis="curated"][aria-current]')


def test_the_search_lights_what_holds_the_words(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH) as page:
        page.fill("#find", "Carbon Co-op")
        count = int(page.inner_text("#found").split()[0])
        assert 0 < count < 24
        assert page.inner_text("#status").startswith(f"{count} found. Enter opens ")
        page.keyboard.press("Enter")
        assert picked(page)
        page.fill("#find", "no such words anywhere")
        assert page.inner_text("#found") == "0 found"
        page.fill("#find", "")
        assert page.inner_text("#found") == ""


BEST = [
    ("finding c", "finding/c"),
    ("Impact 3", "impact/3"),
    ("B", "source/B"),
    ("b", "finding/b"),
    ("metrics to value", "output/3"),
    ("mPOWER", "impact/3"),
]


@pytest.mark.parametrize(("words", "key"), BEST)
def test_enter_opens_the_best_that_the_search_finds(
    open_page: OpenPage, site: str, words: str, key: str
) -> None:
    with open_page(site + PATH) as page:
        page.fill("#find", words)
        page.keyboard.press("Enter")
        assert picked(page) == key
        assert focused(page) == key


def test_the_gaps_button_opens_the_list_and_lights_the_grave_ones(
    open_page: OpenPage, site: str
) -> None:
    with open_page(site + PATH + "#node=finding/a") as page:
        page.click("#show-gaps")
        heading, panel = (page.locator(place).bounding_box() for place in ("#gap-list", "#panel"))
        assert heading is not None
        assert panel is not None
        assert 0 <= heading["y"] - panel["y"] < 60
        groups = page.locator(".gap-group").evaluate_all(
            "groups => groups.map(group => [group.innerText.split('\\n')[0], group.open])"
        )
        assert [is_open for _, is_open in groups] == [True, False, False]
        assert [heading.split()[1] for heading, _ in groups] == ["medium", "low", "note"]
        grave = page.evaluate(
            "JSON.parse(document.getElementById('data').textContent)"
            ".nodes.filter(node => node.grave).length"
        )
        assert 0 < grave < 24
        assert page.inner_text("#status").startswith(f"{grave} cards have gaps of high or medium")
        page.click("#show-gaps")
        assert page.inner_text("#status") == ""


def test_the_research_as_a_whole_is_a_zone_of_its_own(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH) as page:
        zone = page.locator("button.research")
        expect(zone).to_contain_text("impacts 1, 2, 3 and 4")
        zone.click()
        expect(zone).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#details article")).to_be_visible()


def test_without_scripts_the_text_says_it_all(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH, script=False) as page:
        expect(page.locator(".picture")).to_be_hidden()
        drawing = page.locator(".drawing img")
        expect(drawing).to_be_visible()
        assert drawing.evaluate("image => image.complete && image.naturalWidth > 900")
        expect(page.locator(".drawing figcaption")).to_contain_text("they need JavaScript")
        assert page.locator("#text article").count() == 25
        article = page.locator('#text article[data-node="output/1"]')
        article.locator("summary").first.click()
        expect(article.get_by_role("link", name=re.compile("^finding e"))).to_be_visible()
        page.click('.switch [data-basis="stated"]')
        expect(page.locator('.switch [data-basis="stated"][aria-current]')).to_be_visible()
        assert (drawing.get_attribute("src") or "").endswith("/picture.svg?basis=stated")


PRINTED = ".drawing img, .paper, #matrix, h1"
NOT_PRINTED = ".tools, .picture, .panel, .jump, .notice, button, .drawing .screen"


@pytest.mark.parametrize("path", [PATH, f"{PATH}#node=impact/3"])
def test_paper_has_the_picture_the_impacts_the_matrix_and_the_gaps(
    open_page: OpenPage, site: str, path: str
) -> None:
    with open_page(site + path) as page:
        page.emulate_media(media="print")
        assert page.locator(PRINTED).count() == 5
        for part in page.locator(PRINTED).all():
            expect(part).to_be_visible()
        for part in page.locator(NOT_PRINTED).all():
            expect(part).to_be_hidden()
        for closed in page.locator("details:not([open])").all():
            expect(closed).to_be_hidden()
        listed = page.locator("#intro .gap-group > .gap-list > li").count()
        assert page.locator(".paper .gap-list li:visible").count() == listed > 20
        expect(page.locator(".paper")).to_contain_text(
            ["Finding d, directly", "No source is marked"]
        )
        shown = page.locator("#text article:visible").evaluate_all(
            "articles => articles.map(article => article.dataset.node)"
        )
        assert shown == (["impact/3"] if "#" in path else [])
        pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf()))
        assert 2 <= pages <= 7


def test_on_a_phone_the_text_leads(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH, width=390, height=844) as page:
        text = page.locator("#text").bounding_box()
        picture = page.locator(".picture").bounding_box()
        assert text is not None
        assert picture is not None
        assert text["y"] + text["height"] <= picture["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_details_follow_the_picture(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH, width=390, height=844) as page:
        page.emulate_media(reduced_motion="reduce")
        page.click("#to-picture")
        assert abs(page.evaluate(TOP, "#work")) < 400
        assert focused(page) == "finding/a"
        page.click('#cards [data-pick="finding/b"]')
        picture, panel = (page.locator(place).bounding_box() for place in (".picture", "#panel"))
        assert picture is not None
        assert panel is not None
        assert 0 <= panel["y"] - (picture["y"] + picture["height"]) < 30
        expect(page.locator("#details article")).to_contain_text("Wicked problems need")
        assert 0 < page.evaluate(TOP, "#panel") < 844 * 0.6
        page.locator("#details a[href^='#node=']").first.click()
        assert picked(page).startswith("output/")
        assert abs(page.evaluate(TOP, "#panel")) < 20
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_cell_of_the_matrix_leads_to_its_chains_and_a_head_to_its_card(
    open_page: OpenPage, site: str
) -> None:
    with open_page(site + PATH) as page:
        page.emulate_media(reduced_motion="reduce")
        page.click("#matrix thead a[href='#node=impact/4']")
        assert picked(page) == "impact/4"
        assert page.evaluate("scrollY") == 0
        expect(page.locator("#details .influences")).to_contain_text("Finding a, directly")
        cell = page.locator("#matrix td a:has-text('0.70')").first.get_attribute("href") or ""
        assert cell.startswith(f"{PATH}/chains?from=finding")


LOOK_UPS = [
    ("impact/3", "Evidence and what followed", {"source/F"}),
    ("output/1", "Comes from", {"finding/a", "finding/e"}),
    ("source/G", "Corroborates", {"impact/4"}),
]


@pytest.mark.parametrize(("key", "heading", "others"), LOOK_UPS)
def test_look_ups_in_the_panel(
    open_page: OpenPage, site: str, key: str, heading: str, others: set[str]
) -> None:
    with open_page(f"{site}{PATH}?basis=stated#node={key}") as page:
        found = page.evaluate(LINKS_UNDER, heading)
    assert {other for other in found if not other.startswith("claim/")} >= others


ALIGNED = """() => {
  const box = document.getElementById("network").getBoundingClientRect();
  const data = JSON.parse(document.getElementById("data").textContent);
  const view = { left: box.left, top: box.top, width: box.width, height: box.height };
  const canvas = document.querySelector("#network canvas");
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext("2d", { willReadFrequently: true });
  const ratio = canvas.width / box.width;
  context.drawImage(canvas, 0, 0);
  const style = getComputedStyle(document.documentElement);
  const seen = [];
  for (const node of data.nodes) {
    const place = document.querySelector(`#cards [data-pick="${node.id}"]`).getBoundingClientRect();
    const x = place.left + 2.5 * place.width / node.width - view.left;
    const y = place.top + place.height / 2 - view.top;
    if (x < 1 || y < 1 || x > view.width - 1 || y > view.height - 1) continue;
    const [r, g, b] = context.getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data;
    const shown = "#" + [r, g, b].map(part => part.toString(16).padStart(2, "0")).join("");
    seen.push([shown, style.getPropertyValue(`--${node.stage}`).trim()]);
  }
  return seen;
}"""

POINT_ON_LINE = """() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const skips = stroke => stroke.links.length === 1 && stroke.points.length === 3;
  const stroke = data.picture.strokes.find(skips);
  const box = document.getElementById("stage").getBoundingClientRect();
  const scale = box.width / data.picture.width, [[, ], [x, y], [right]] = stroke.points;
  const link = data.edges[stroke.links[0]];
  return { x: box.left + (x + right) / 2 * scale, y: box.top + y * scale,
    key: link.id.split("/").at(-1), from: link.from, to: link.to, basis: link.basis };
}"""

VISIBLE = "buttons => buttons.filter(button => !button.hidden).map(button => button.dataset.pick)"


def is_near(seen: str, wanted: str) -> bool:
    """Whether two colours are the same but for the smoothing of an edge between two pixels."""
    one, other = bytes.fromhex(seen[1:]), bytes.fromhex(wanted[1:])
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 16


def settle(page: Page) -> None:
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_canvas_and_buttons_stay_aligned_when_zoomed_and_moved(
    open_page: OpenPage, site: str
) -> None:
    with open_page(site + PATH) as page:
        height = page.locator("#scroll").bounding_box()
        for _ in range(3):
            page.click("#zoom-in")
        settle(page)
        assert page.locator("#scroll").bounding_box() == height
        first = page.evaluate(ALIGNED)
        assert 3 <= len(first) < 24
        assert all(is_near(seen, wanted) for seen, wanted in first)
        page.mouse.move(500, 500)
        page.mouse.down()
        page.mouse.move(300, 350, steps=4)
        page.mouse.up()
        settle(page)
        assert page.evaluate("document.getElementById('scroll').scrollLeft") >= 150
        assert picked(page) == ""
        moved = page.evaluate(ALIGNED)
        assert moved
        assert all(is_near(seen, wanted) for seen, wanted in moved)
        assert "zoom=1.95" in page.url
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert page.evaluate("document.getElementById('scroll').classList.contains('moves')")
        page.click("#zoom-fit")
        settle(page)
        assert len(page.evaluate(ALIGNED)) == 24
        assert "zoom" not in page.url


def test_the_wheel_with_control_and_the_keys_zoom(open_page: OpenPage, site: str) -> None:
    width = "document.getElementById('stage').getBoundingClientRect().width"
    with open_page(site + PATH) as page:
        fitted = page.evaluate(width)
        page.mouse.move(500, 500)
        page.keyboard.down("Control")
        page.mouse.wheel(0, -100)
        page.keyboard.up("Control")
        settle(page)
        assert page.evaluate(width) > fitted
        page.focus('#cards [data-pick="finding/a"]')
        page.keyboard.press("0")
        assert page.evaluate(width) == fitted
        page.keyboard.press("+")
        assert page.evaluate(width) > fitted
        page.keyboard.press("-")
        assert abs(page.evaluate(width) - fitted) < 1
        page.fill("#find", "0+-")
        assert abs(page.evaluate(width) - fitted) < 1


def test_only_what_is_within_some_steps_is_shown(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH) as page:
        expect(page.locator("#within")).to_be_disabled()
        page.click('#cards [data-pick="output/1"]')
        page.select_option("#within", "1")
        shown = page.locator("#cards button").evaluate_all(VISIBLE)
        assert {"output/1", "finding/a", "finding/e"} <= set(shown)
        assert len(shown) < 8
        assert page.url.endswith("#node=output/1&within=1")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert page.locator("#cards button").evaluate_all(VISIBLE) == shown
        expect(page.locator("#within")).to_have_value("1")
        page.focus('#cards [data-pick="finding/a"]')
        page.keyboard.press("ArrowDown")
        assert focused(page) in shown
        page.go_back()
        assert len(page.locator("#cards button").evaluate_all(VISIBLE)) == 24
        page.go_forward()
        assert page.locator("#cards button").evaluate_all(VISIBLE) == shown
        page.keyboard.press("Escape")
        assert len(page.locator("#cards button").evaluate_all(VISIBLE)) == 24


def test_a_line_is_picked_by_pointer_and_says_what_it_rests_on(
    open_page: OpenPage, site: str
) -> None:
    with open_page(site + PATH) as page:
        line = page.evaluate(POINT_ON_LINE)
        page.mouse.move(line["x"], line["y"])
        expect(page.locator("#hovered")).to_be_visible()
        page.mouse.click(line["x"], line["y"])
        assert page.url.endswith(f"#link={line['key']}")
        details = page.locator("#details")
        expect(details.locator("[data-part=basis]")).to_have_text(line["basis"])
        expect(details.locator("[data-part=confidence]")).to_have_text(re.compile(r"^[01]\.\d\d"))
        expect(details.locator("[data-part=why] p").first).not_to_be_empty()
        page.reload()
        page.wait_for_selector("html[data-ready]")
        expect(details.locator("[data-part=from] a")).to_have_attribute(
            "href", f"#node={line['from']}"
        )
        details.locator("[data-part=to] a").click()
        assert picked(page) == line["to"]
        page.go_back()
        expect(details.locator("[data-part=basis]")).to_be_visible()


def test_a_link_is_reached_by_keyboard_from_either_end(open_page: OpenPage, site: str) -> None:
    for key in ("finding/a", "output/1"):
        with open_page(f"{site}{PATH}#node={key}") as page:
            link = page.locator("#details a.to-link").first
            link.focus()
            page.keyboard.press("Enter")
            assert "#link=" in page.url
            expect(page.locator("#details .words").first).to_be_visible()
            assert page.evaluate("document.activeElement.id") == "panel"


def test_an_unknown_link_shows_the_whole_and_says_so(open_page: OpenPage, site: str) -> None:
    with open_page(f"{site}{PATH}#link=none&within=2") as page:
        expect(page.locator("#notice")).to_contain_text("has no “none”")
        assert len(page.locator("#cards button").evaluate_all(VISIBLE)) == 24


@pytest.mark.parametrize("state", ["gaps", "find=Carbon%20Co-op"])
def test_gaps_and_a_search_are_restored_from_the_address(
    open_page: OpenPage, site: str, state: str
) -> None:
    with open_page(f"{site}{PATH}#{state}") as page:
        assert page.inner_text("#status")
        pressed = page.get_attribute("#show-gaps", "aria-pressed")
        assert (pressed, page.input_value("#find")) == (
            ("true", "") if state == "gaps" else ("false", "Carbon Co-op")
        )


def test_what_is_told_beside_a_card_is_its_whole_label(open_page: OpenPage, site: str) -> None:
    with open_page(site + PATH) as page:
        page.hover('#cards [data-pick="finding/a"]')
        expect(page.locator("#hovered")).to_have_text(
            re.compile("^Finding a: Complex issues .+ way")
        )
        page.mouse.move(5, 5)
        expect(page.locator("#hovered")).to_be_hidden()


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_while_a_link_is_shown(
    open_page: OpenPage, site: str, dark: bool
) -> None:
    with open_page(f"{site}{PATH}#node=finding/a&within=2&zoom=1.6", dark=dark) as page:
        assert Axe().run(page).response["violations"] == []
        page.locator("#details a.to-link").first.click()
        assert Axe().run(page).response["violations"] == []
