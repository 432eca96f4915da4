// The page of one case study. What is picked stands in the address (#node=finding/a) and nowhere else,
// so that links, the back button and a reload all lead to the same view.

import { decode, readAddress, writeAddress } from "./address.js";
import { chainFinder, stepFinder } from "./chains.js";
import { createFinder } from "./find.js";
import { steer } from "./keyboard.js";
import { createPanel } from "./panel.js";
import { createPicture } from "./picture.js";

const $ = id => document.getElementById(id);
const data = JSON.parse($("data").textContent);

const articles = new Map([...document.querySelectorAll("#text [data-node]")].map(element => [element.dataset.node, element]));
// Where the text leads, an address scrolls to its article; else the picture stays in view.
const narrow = matchMedia("(max-width: 760px)"), stacked = matchMedia("(max-width: 1180px)");
if (!narrow.matches) for (const element of articles.values()) element.removeAttribute("id");

const nodes = new Map(data.nodes.map(node => [node.id, node]));
const names = new Map(data.nodes.map(node => [node.id, `${node.name}: ${node.label}`]));
const linkKey = id => id.slice(id.lastIndexOf("/") + 1);
const edges = new Map(data.edges.map(edge => [linkKey(edge.id), edge]));
const panel = createPanel($("panel"));
const picture = createPicture(data, {
  stage: $("stage"), scroll: $("scroll"), network: $("network"), overlay: $("overlay"), cards: $("cards"), hovered: $("hovered"), onZoom: keepZoom,
});
const chainsThrough = chainFinder(data.edges), within = stepFinder(data.edges);
const research = document.querySelector("button.research");
const status = $("status"), clear = $("clear"), find = $("find"), gapsButton = $("show-gaps"), steps = $("within");
const found = $("found"), notice = $("notice");
const matches = createFinder(data.nodes, articles);

// The key that an address names, as it stands there or decoded; null where there is nothing of that name.
const known = (value, things) => value === undefined ? null : [value, decode(value)].find(key => things.has(key)) ?? null;

function go(change, options) {
  const { within, zoom } = readAddress();
  writeAddress({ within, zoom, ...change }, options);
  show();
}

const pick = key => go(key ? { node: key } : { within: "" });

function keepZoom(factor) {
  writeAddress({ ...readAddress(), zoom: factor === 1 ? "" : factor.toFixed(2) }, { replace: true });
  sizeButtons();
}

function sizeButtons() {
  const { larger, smaller } = picture.zoom.room();
  $("zoom-in").disabled = !larger; $("zoom-out").disabled = !smaller; $("zoom-fit").disabled = picture.zoom.factor === 1;
}

function show() {
  const state = readAddress();
  const key = known(state.node, articles), link = key ? null : known(state.link, edges);
  const lost = !key && !link ? (state.node ?? state.link ?? "").slice(0, 60) : "";
  notice.textContent = lost ? `This case study has no “${lost}”; the whole is shown.` : "";
  const words = key || link ? "" : decode(state.find ?? ""), gaps = !key && !link && state.gaps !== undefined;
  picture.zoom.zoomTo(Number(state.zoom) || 1);
  sizeButtons();
  if (find.value !== words) find.value = words;
  found.textContent = found.title = "";
  gapsButton.setAttribute("aria-pressed", String(gaps));
  picture.showBreaks(gaps);
  clear.disabled = !(key || link || words || gaps);
  const article = articles.get(key);
  const inside = article?.closest("article")?.dataset.node ?? null;   // a claim shows in its impact
  for (const element of document.querySelectorAll("#text .lit")) element.classList.remove("lit");
  article?.classList.add("lit");
  research?.setAttribute("aria-pressed", String(inside === data.research?.key && Boolean(inside)));
  limitSteps(inside, link, state.within);
  if (inside) showNode(inside, key);
  else if (link) showLink(edges.get(link));
  else if (gaps) showGaps();
  else if (words.trim()) showFound(words);
  else { panel.show(null); picture.light(null); status.textContent = ""; }
}

// Only the cards within so many steps of what is picked, where the address says how many.
function limitSteps(key, link, wanted) {
  const starts = link ? [edges.get(link).from, edges.get(link).to] : nodes.has(key) ? [key] : [];
  steps.disabled = !starts.length;
  const number = starts.length && ["1", "2", "3"].includes(wanted) ? Number(wanted) : 0;
  steps.value = number ? wanted : "";
  picture.limit(number ? new Set(starts.flatMap(start => [...within(start, number)])) : null);
}

function showNode(inside, key) {
  const body = articles.get(inside).querySelector("details.body");
  if (body) body.open = true;
  panel.show(articles.get(inside), key !== inside ? key : null, candidate => edges.has(candidate));
  const chains = chainsThrough(inside === data.research?.key ? data.research.credited : [inside]);
  picture.light(chains, inside);
  picture.reveal(inside);
  const shown = [...chains.nodes].filter(lit => !picture.buttons.get(lit)?.hidden).length;
  status.textContent = `${names.get(inside) ?? "Research as a whole"}. ${shown} cards lit. Details follow the picture.`;
}

const sayLink = edge => `${nodes.get(edge.from).name} ${edge.words} ${nodes.get(edge.to).name}`;

function showLink(edge) {
  const others = picture.sharing(edge.id).map(id => ({ key: linkKey(id), words: sayLink(edges.get(linkKey(id))) }));
  const item = articles.get(edge.from)?.querySelector(`li[data-link="${linkKey(edge.id)}"]`);
  panel.showLink(edge, { from: nodes.get(edge.from), to: nodes.get(edge.to), item, others });
  picture.light({ nodes: new Set([edge.from, edge.to]), links: new Set([edge.id]) });
  picture.reveal(edge.from);
  status.textContent = `${sayLink(edge)}: ${edge.basis}. Details follow the picture.`;
}

function light(keys, words) {
  panel.show(null);
  picture.light({ nodes: new Set(keys), links: new Set() });
  status.textContent = words;
}

function showFound(words) {
  const keys = matches(words), opens = keys.length ? `Enter opens ${names.get(keys[0])}` : "";
  light(keys, `${keys.length} found${opens && `. ${opens}`}`);
  found.textContent = `${keys.length} found`;
  found.title = opens;
}

function showGaps() {
  const grave = data.nodes.filter(node => node.grave).map(node => node.id);
  light(grave, `${grave.length} cards have gaps of high or medium severity`);
  panel.showGaps();
}

// Where the details stand below the picture, bring their beginning in sight and leave the picture there too.
function peek() {
  if (!stacked.matches) return;
  const below = $("panel").getBoundingClientRect().top - innerHeight * .55;
  if (below > 0) scrollBy({ top: below });
}

function showCard(key) {
  const card = picture.buttons.get(key);
  if (!card) return;
  if (narrow.matches) card.scrollIntoView({ block: "center", inline: "center" }); else scrollTo({ top: 0 });
  card.focus({ preventScroll: true });
}

document.addEventListener("click", event => {
  const button = event.target.closest("[data-pick]");
  if (button) {
    pick(button.dataset.pick);
    if (button.closest("#text")) showCard(button.dataset.pick); else peek();
    return;
  }
  const basis = event.target.closest("a[data-basis]");
  if (basis) basis.hash = location.hash;                              // the switch keeps what is picked
  const link = event.target.closest("a[href^='#node='], a[href^='#link=']");
  if (!link) return;
  const inPanel = link.closest("#panel");
  if (!inPanel && narrow.matches) return;                             // the text has that address itself
  event.preventDefault();
  const [name, value] = link.hash.slice(1).split("=");
  go({ [name]: value });
  if (!inPanel) scrollTo({ top: 0 });
  else {
    if (narrow.matches) $("panel").scrollIntoView({ block: "start" });
    $("panel").focus({ preventScroll: true });                        // what had the focus is no longer there
  }
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && !clear.disabled) { go({ within: "" }); return; }
  if (!event.target.closest?.(".picture") || event.ctrlKey || event.metaKey || event.altKey) return;
  const size = { "+": "larger", "=": "larger", "-": "smaller", "0": "whole" }[event.key];
  if (!size) return;
  event.preventDefault();
  picture.zoom[size]();
  const card = document.activeElement?.dataset.pick;
  if (card) picture.reveal(card);
});
addEventListener("hashchange", show);
addEventListener("popstate", show);
$("stage").addEventListener("click", event => {
  if (event.target.closest("a, button")) return;
  const link = picture.linkAt(event);
  if (link) { go({ link: linkKey(link) }); peek(); } else pick(null);
});
clear.addEventListener("click", () => { pick(null); });
$("zoom-in").addEventListener("click", () => picture.zoom.larger());
$("zoom-out").addEventListener("click", () => picture.zoom.smaller());
$("zoom-fit").addEventListener("click", () => picture.zoom.whole());
steps.addEventListener("change", () => go({ ...readAddress(), within: steps.value }));

$("to-picture").addEventListener("click", event => {                    // an address of its own would lose what is picked
  event.preventDefault();
  $("work").scrollIntoView({ block: "start" });
  picture.focus(picture.first, { preventScroll: true });
});

find.form.addEventListener("submit", event => {
  event.preventDefault();
  const [best] = matches(find.value);
  if (best) { pick(best); picture.focus(best); peek(); }
});
find.addEventListener("input", () => go({ find: encodeURIComponent(find.value) }, { replace: true }));
gapsButton.addEventListener("click", () => {
  go({ gaps: gapsButton.getAttribute("aria-pressed") !== "true" });
});

steer($("cards"), data.nodes, data.picture.stages, {
  focus: key => picture.focus(key), isShown: key => !picture.buttons.get(key).hidden,
});
show();
document.documentElement.dataset.ready = "true";
