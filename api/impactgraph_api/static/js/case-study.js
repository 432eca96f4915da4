// The page of one case study. What is picked stands in the address (#node=finding/a) and nowhere else,
// so that links, the back button and a reload all lead to the same view.

import { chainFinder } from "./chains.js";
import { createFinder } from "./find.js";
import { steer } from "./keyboard.js";
import { createPanel } from "./panel.js";
import { createPicture } from "./picture.js";

const $ = id => document.getElementById(id);
const data = JSON.parse($("data").textContent);
document.documentElement.classList.add("js");

const articles = new Map([...document.querySelectorAll("#text [data-node]")].map(element => [element.dataset.node, element]));
// Where the text leads, an address scrolls to its article; else the picture stays in view.
const narrow = matchMedia("(max-width: 760px)"), stacked = matchMedia("(max-width: 1180px)");
if (!narrow.matches) for (const element of articles.values()) element.removeAttribute("id");

const panel = createPanel($("panel"));
const picture = createPicture(data, { stage: $("stage"), network: $("network"), overlay: $("overlay"), cards: $("cards") });
const chainsThrough = chainFinder(data.edges);
const research = document.querySelector("button.research");
const status = $("status"), clear = $("clear"), find = $("find"), gapsButton = $("show-gaps");
const found = $("found"), notice = $("notice");
const names = new Map(data.nodes.map(node => [node.id, `${node.name}: ${node.label}`]));
const matches = createFinder(data.nodes, articles);

function keyInAddress() {
  const match = /^#node=(.+)$/.exec(location.hash);
  if (!match) return null;
  if (articles.has(match[1])) return match[1];
  try {
    const key = decodeURIComponent(match[1]);
    return articles.has(key) ? key : null;
  } catch { return null; }
}

function pick(key) {
  const address = key ? `#node=${key}` : location.pathname + location.search;
  if (key !== keyInAddress()) history.pushState(null, "", address);
  show();
}

function show() {
  const key = keyInAddress();
  const lost = !key && location.hash.startsWith("#node=") ? location.hash.slice(6, 66) : "";
  notice.textContent = lost ? `This case study has no “${lost}”; the whole is shown.` : "";
  const article = articles.get(key);
  const inside = article?.closest("article")?.dataset.node ?? null;   // a claim shows in its impact
  find.value = found.textContent = ""; gapsButton.setAttribute("aria-pressed", "false");
  clear.disabled = !key;
  for (const element of articles.values()) element.classList.toggle("lit", element === article);
  const body = inside && articles.get(inside).querySelector("details.body");
  if (body) body.open = true;
  research?.setAttribute("aria-pressed", String(inside === data.research?.key && Boolean(inside)));
  panel.show(inside && articles.get(inside), key !== inside ? key : null);
  if (!inside) { picture.light(null); status.textContent = ""; return; }
  const starts = inside === data.research?.key ? data.research.credited : [inside];
  const chains = chainsThrough(starts);
  picture.light(chains, inside);
  status.textContent = `${names.get(inside) ?? "Research as a whole"}. ${chains.nodes.size} cards lit. Details follow the picture.`;
}

// Where the details stand below the picture, bring their beginning in sight and leave the picture there too.
function peek() {
  if (!stacked.matches) return;
  const below = $("panel").getBoundingClientRect().top - innerHeight * .55;
  if (below > 0) scrollBy({ top: below });
}

function light(keys, words) {
  panel.show(null);
  picture.light(keys && { nodes: new Set(keys), links: new Set() });
  status.textContent = words;
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
  const link = event.target.closest("a[href^='#node=']");
  if (!link) return;
  if (link.closest("#panel") && narrow.matches) {                     // the text has that address too, far above
    event.preventDefault();
    pick(link.hash.slice(6));
    $("panel").scrollIntoView({ block: "start" });
  } else if (!link.closest("#panel") && !narrow.matches) scrollTo({ top: 0 });
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && (keyInAddress() || find.value || gapsButton.ariaPressed === "true")) { find.value = ""; pick(null); }
});
addEventListener("hashchange", show);
addEventListener("popstate", show);
$("stage").addEventListener("click", event => { if (!event.target.closest("a, button")) pick(null); });
clear.addEventListener("click", () => { pick(null); });

$("to-picture").addEventListener("click", event => {                    // an address of its own would lose what is picked
  event.preventDefault();
  $("work").scrollIntoView({ block: "start" });
  picture.focus(picture.first, { preventScroll: true });
});

function forget() {
  if (!location.hash.startsWith("#node=")) return;
  history.replaceState(null, "", location.pathname + location.search);
  show();
}

find.form.addEventListener("submit", event => {
  event.preventDefault();
  const [best] = matches(find.value);
  if (best) { pick(best); picture.focus(best); peek(); }
});
find.addEventListener("input", () => {
  const words = find.value;
  forget();
  find.value = words;
  const keys = matches(words), some = Boolean(words.trim());
  light(some ? keys : null, some ? `${keys.length} found${keys.length ? `. Enter opens ${names.get(keys[0])}` : ""}` : "");
  found.textContent = some ? `${keys.length} found` : "";
  found.title = keys.length ? `Enter opens ${names.get(keys[0])}` : "";
  clear.disabled = !words;
});
gapsButton.addEventListener("click", () => {
  const on = gapsButton.getAttribute("aria-pressed") !== "true";
  forget();
  const grave = data.nodes.filter(node => node.grave).map(node => node.id);
  find.value = found.textContent = "";
  light(on ? grave : null, on ? `${grave.length} cards have gaps of high or medium severity` : "");
  if (on) panel.showGaps();
  gapsButton.setAttribute("aria-pressed", String(on));
  clear.disabled = !on;
});

steer($("cards"), data.nodes, data.picture.stages, key => picture.focus(key));
show();
document.documentElement.dataset.ready = "true";
