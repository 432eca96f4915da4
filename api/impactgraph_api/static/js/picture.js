// Draws the picture on vis-network's canvas: columns, lines and cards, at positions computed on the server.
// Real buttons lie over the cards, so that a keyboard and a screen reader have them too.

import { boundsOf, strokeFinder, tracePath } from "./strokes.js";
import { createZoom } from "./zoom.js";

const style = getComputedStyle(document.documentElement);
const known = new Map();        // asking the style anew for each card takes longer than to draw it
const colour = name => {
  if (!known.has(name)) known.set(name, style.getPropertyValue(`--${name}`).trim());
  return known.get(name);
};
const FONT = getComputedStyle(document.body).fontFamily;
const REACH = 7;                // pixels from a line within which a pointer means it
const READABLE = .8;            // the scale below which a card's words are told beside it

export function createPicture({ nodes, edges, options, picture }, elements) {
  const { stage, scroll, network: box, overlay, cards, hovered, onZoom } = elements;
  const byKey = new Map(nodes.map(node => [node.id, node]));
  const byLink = new Map(edges.map(edge => [edge.id, edge]));
  for (const part of [...picture.strokes, ...picture.bars]) part.links = part.links.map(place => edges[place].id);
  const bounds = new Map(picture.strokes.map(stroke => [stroke, boundsOf(stroke)]));
  const isAt = strokeFinder(picture.strokes);
  let lit = null;               // { nodes, links } or null for everything
  let picked = null;
  let near = null;              // the cards that are shown, null for all
  let breaking = false;         // whether it shows where chains break
  let pointed = new Set();      // the links of what the pointer or the focus is on
  const isLit = key => !lit || lit.nodes.has(key);
  const isShown = key => !near || near.has(key);
  const linkShown = id => byLink.has(id) && isShown(byLink.get(id).from) && isShown(byLink.get(id).to);
  const linksOf = part => part.links.filter(linkShown);
  const isHot = id => pointed.has(id) || Boolean(lit?.links.has(id));
  const starts = new Set(edges.map(edge => edge.from)), ends = new Set(edges.map(edge => edge.to));

  // ---- what is drawn beneath the cards

  function drawColumns(ctx) {
    for (const [index, column] of picture.columns.entries()) {
      const hue = colour(column.stage);
      ctx.save();
      ctx.globalAlpha = .055; ctx.fillStyle = hue;
      roundRect(ctx, column.x - 6, 4, column.width + 12, picture.height - 8, 8); ctx.fill();
      ctx.globalAlpha = 1;
      roundRect(ctx, column.x - 6, 4, column.width + 12, 3, 1.5); ctx.fill();
      ctx.textBaseline = "middle"; ctx.textAlign = "left"; ctx.font = `650 14px ${FONT}`;
      const words = `${index + 1}  ${column.stage[0].toUpperCase()}${column.stage.slice(1)}s`;
      ctx.fillText(words, column.x + 2, 22);
      ctx.textAlign = "right"; ctx.font = `13px ${FONT}`; ctx.fillStyle = colour("mute");
      ctx.fillText(column.count, column.x + column.width - 2, 22);
      ctx.restore();
    }
  }

  function drawStroke(ctx, stroke) {
    const links = linksOf(stroke);
    if (!links.length) return;
    const hot = links.some(isHot);
    ctx.save();
    ctx.globalAlpha = hot ? 1 : lit ? .12 : stroke.collective ? .7 : .9;
    ctx.strokeStyle = ctx.fillStyle = colour(stroke.basis);
    ctx.lineWidth = hot ? 2.4 : 1.5;
    if (stroke.basis === "curated") ctx.setLineDash([9, 5]);
    if (stroke.basis === "inferred") { ctx.setLineDash([.1, 4.6]); ctx.lineCap = "round"; ctx.lineWidth = hot ? 3 : 2.2; }
    const points = stroke.points.map(point => [...point]);
    const [tipX, tipY] = points.at(-1);
    if (stroke.arrow) points.at(-1)[0] -= 6;
    ctx.beginPath(); tracePath(ctx, points);
    ctx.stroke(); ctx.setLineDash([]);
    if (stroke.arrow) {
      ctx.beginPath(); ctx.moveTo(tipX - 1, tipY); ctx.lineTo(tipX - 8, tipY - 4); ctx.lineTo(tipX - 8, tipY + 4); ctx.fill();
    }
    if (stroke.mark && stroke.basis === "curated") {
      const [x, y] = stroke.mark, r = hot ? 5 : 4.2;
      ctx.beginPath(); ctx.moveTo(x - r, y); ctx.lineTo(x, y - r); ctx.lineTo(x + r, y); ctx.lineTo(x, y + r); ctx.closePath(); ctx.fill();
    }
    ctx.restore();
  }

  function drawBar(ctx, bar) {
    const links = linksOf(bar);
    if (!links.length) return;
    const hot = links.some(isHot);
    const words = `${links.length} links, stated together`;
    ctx.save();
    ctx.globalAlpha = lit && !hot ? .3 : 1;
    ctx.font = `12.5px ${FONT}`;
    const length = ctx.measureText(words).width + 16;
    ctx.translate(bar.x, bar.y); ctx.rotate(-Math.PI / 2);
    ctx.fillStyle = colour("card"); ctx.strokeStyle = colour("stated"); ctx.lineWidth = 1;
    roundRect(ctx, -length / 2, -10, length, 20, 6); ctx.fill(); ctx.stroke();
    ctx.fillStyle = colour("ink"); ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.fillText(words, 0, .5);
    ctx.restore();
  }

  function drawBreaks(ctx) {
    ctx.save();
    ctx.strokeStyle = colour(breaking ? "warn" : "edge"); ctx.lineWidth = breaking ? 2 : 1; ctx.setLineDash([2, 4]);
    for (const gap of picture.breaks) {
      ctx.beginPath(); ctx.moveTo(gap.x, 10); ctx.lineTo(gap.x, picture.height - 10); ctx.stroke();
    }
    ctx.restore();
  }

  // A barred stub where a chain breaks off: nothing that is shown arrives at the card, or leaves it.
  function drawStubs(ctx) {
    ctx.save();
    ctx.strokeStyle = colour("warn"); ctx.lineWidth = 2;
    for (const { id, stage: own, x, y, width } of nodes) {
      if (!isShown(id)) continue;
      const sides = [];
      if (own !== picture.stages[0] && !ends.has(id)) sides.push(-1);
      if (own !== picture.stages.at(-1) && !starts.has(id)) sides.push(1);
      for (const side of sides) {
        const from = x + side * width / 2, to = from + side * 13;
        ctx.beginPath(); ctx.moveTo(from, y); ctx.lineTo(to, y); ctx.moveTo(to, y - 6); ctx.lineTo(to, y + 6); ctx.stroke();
      }
    }
    ctx.restore();
  }

  // ---- the cards

  function drawCard({ ctx, id, x, y }) {
    const node = byKey.get(id), hue = colour(node.stage), warn = colour("warn");
    const left = x - node.width / 2, top = y - node.height / 2;
    return {
      drawNode() {
        if (!isShown(id)) return;
        ctx.save();
        ctx.globalAlpha = isLit(id) ? 1 : .25;
        if (isLit(id)) { ctx.shadowColor = "rgba(20, 32, 46, .13)"; ctx.shadowBlur = 4; ctx.shadowOffsetY = 1; }
        roundRect(ctx, left, top, node.width, node.height, 7); ctx.fillStyle = colour("card"); ctx.fill();
        ctx.shadowColor = "transparent";
        ctx.lineWidth = id === picked ? 3 : 1; ctx.strokeStyle = id === picked ? hue : colour("card-line"); ctx.stroke();
        ctx.beginPath(); ctx.roundRect(left, top, 5, node.height, [7, 0, 0, 7]); ctx.fillStyle = hue; ctx.fill();
        const first = y - (node.lines.length - 1) * 7.75;
        let indent = 0;
        ctx.textBaseline = "middle"; ctx.textAlign = "left";
        if (node.notation) {
          indent = 24;
          roundRect(ctx, left + 11, first - 8.5, 19, 17, 4); ctx.fillStyle = hue; ctx.fill();
          ctx.fillStyle = colour("on"); ctx.textAlign = "center"; ctx.font = `700 12.5px ${FONT}`;
          ctx.fillText(node.notation, left + 20.5, first + .5, 17); ctx.textAlign = "left";
        }
        ctx.fillStyle = colour("ink"); ctx.font = `12.5px ${FONT}`;
        node.lines.forEach((line, row) => {
          const inset = row === 0 ? indent : 0;
          ctx.fillText(line, left + 12 + inset, first + row * 15.5, node.width - 17 - inset);
        });
        if (node.gaps) drawGap(ctx, left + node.width - 5, top + 4, node.grave, warn);
        ctx.restore();
      },
      nodeDimensions: { width: node.width, height: node.height },
    };
  }

  // A grave gap is a filled disc, a slight one a small ring.
  function drawGap(ctx, x, y, grave, warn) {
    ctx.beginPath(); ctx.arc(x, y, grave ? 8.5 : 5, 0, 7);
    ctx.fillStyle = grave ? warn : colour("card"); ctx.fill();
    ctx.lineWidth = grave ? 1.5 : 2; ctx.strokeStyle = grave ? colour("card") : warn; ctx.stroke();
    if (!grave) return;
    ctx.fillStyle = colour("on"); ctx.textAlign = "center"; ctx.font = `700 12px ${FONT}`; ctx.fillText("!", x, y + .5);
  }

  function drawBeneath(ctx) {
    const seen = zoom.view();
    const isInView = stroke => {
      const { left, top, right, bottom } = bounds.get(stroke);
      return right >= seen.left && left <= seen.right && bottom >= seen.top - 8 && top <= seen.bottom + 8;
    };
    drawColumns(ctx);
    drawBreaks(ctx);
    const inView = picture.strokes.filter(isInView), hot = stroke => stroke.links.some(isHot);
    inView.filter(stroke => !hot(stroke)).forEach(stroke => drawStroke(ctx, stroke));
    inView.filter(hot).forEach(stroke => drawStroke(ctx, stroke));
    picture.bars.forEach(bar => drawBar(ctx, bar));
    if (breaking) drawStubs(ctx);
  }

  // ---- the buttons over the cards

  const buttons = new Map(nodes.map(node => {
    const button = document.createElement("button");
    button.type = "button"; button.dataset.pick = node.id; button.tabIndex = -1;
    button.textContent = `${node.name[0].toUpperCase()}${node.name.slice(1)}: ${node.label}${node.gaps ? `. Gaps: ${node.gaps}` : ""}`;
    Object.assign(button.style, {
      left: `${node.x - node.width / 2}px`, top: `${node.y - node.height / 2}px`, width: `${node.width}px`, height: `${node.height}px`,
    });
    cards.append(button);
    return [node.id, button];
  }));
  if (nodes.length) buttons.get(nodes[0].id).tabIndex = 0;
  for (const gap of picture.breaks) {
    const label = overlay.querySelector(`.break[data-after="${gap.after}"]`);
    if (label) Object.assign(label.style, { left: `${gap.x}px`, top: `${picture.height / 2}px` });
  }
  overlay.style.width = `${picture.width}px`;
  overlay.style.height = `${picture.height}px`;

  // ---- vis-network

  const network = new vis.Network(box, {
    nodes: new vis.DataSet(nodes.map(node => ({ id: node.id, x: node.x, y: node.y, shape: "custom", ctxRenderer: drawCard }))),
    edges: new vis.DataSet(edges.map(edge => ({ id: edge.id, from: edge.from, to: edge.to, hidden: true }))),
  }, options);
  const zoom = createZoom(picture, { stage, scroll, box, overlay, network, onChange: onZoom });
  network.on("beforeDrawing", drawBeneath);
  box.inert = true;             // vis-network makes itself a tab stop; the buttons are what is worked
  addEventListener("resize", zoom.fit);
  const redraw = () => { known.clear(); network.redraw(); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  zoom.fit();

  // ---- what the pointer or the focus is on: its own links, and its label

  const name = node => `${node.name[0].toUpperCase()}${node.name.slice(1)}`;
  const touching = key => edges.filter(edge => edge.from === key || edge.to === key).map(edge => edge.id);
  const isCut = node => node.lines.at(-1).endsWith("…") || zoom.scale < READABLE;

  function tell(words, x, y) {
    hovered.hidden = !words;
    if (!words) return;
    hovered.textContent = words;
    const size = 1 / zoom.scale, width = Math.min(300 * size, picture.width);
    Object.assign(hovered.style, {
      left: `${Math.max(0, Math.min(x, picture.width - width))}px`, top: `${y}px`, transform: `scale(${size})`,
    });
  }

  function point(links, words = "", x = 0, y = 0) {
    tell(words, x, y);
    if (links.length === pointed.size && links.every(id => pointed.has(id))) return;
    pointed = new Set(links);
    network.redraw();
  }

  function pointAtCard(key) {
    const node = byKey.get(key);
    point(touching(key), isCut(node) ? `${name(node)}: ${node.label}` : "", node.x - node.width / 2, node.y + node.height / 2 + 4);
  }

  function strokeAt(event) {
    return isAt(zoom.pointAt(event), REACH / zoom.scale, stroke => linksOf(stroke).length);
  }

  for (const type of ["pointerover", "focusin"]) {
    cards.addEventListener(type, event => { if (event.target.dataset.pick) pointAtCard(event.target.dataset.pick); });
  }
  for (const type of ["pointerout", "focusout"]) cards.addEventListener(type, () => point([]));
  stage.addEventListener("pointermove", event => {
    if (event.target.closest("button, a")) { stage.classList.remove("on-line"); return; }
    const stroke = strokeAt(event);
    stage.classList.toggle("on-line", Boolean(stroke));
    if (!stroke) { point([]); return; }
    const links = linksOf(stroke), [x, y] = zoom.pointAt(event), edge = byLink.get(links[0]);
    const words = `${byKey.get(edge.from).name} ${edge.words} ${byKey.get(edge.to).name}`;
    point(links, links.length > 1 ? `${words} +${links.length - 1}` : words, x + 12, y + 14);
  });
  stage.addEventListener("pointerleave", () => { stage.classList.remove("on-line"); point([]); });

  return {
    network,
    buttons,
    zoom,
    light(next, key = null) {
      lit = next; picked = key;
      for (const [id, button] of buttons) if ((button.ariaPressed === "true") !== (id === key) || !button.ariaPressed) button.setAttribute("aria-pressed", String(id === key));
      network.redraw();
    },
    // Hides the cards that are not among these, and their links.
    limit(keys) {
      near = keys;
      for (const [id, button] of buttons) button.hidden = !isShown(id);
      const reached = document.activeElement?.closest?.("#cards button[hidden]");
      if (reached) reached.blur();
      const first = [...buttons].find(([, button]) => !button.hidden);
      if (first && ![...buttons.values()].some(button => !button.hidden && button.tabIndex === 0)) first[1].tabIndex = 0;
      network.redraw();
    },
    showBreaks(on) {
      breaking = on;
      overlay.classList.toggle("breaking", on);
      network.redraw();
    },
    // The link that a click beside the cards means, null where it means none.
    linkAt(event) {
      const stroke = strokeAt(event);
      return stroke ? linksOf(stroke)[0] : null;
    },
    // The other links that share a line with a link.
    sharing(link) {
      const others = picture.strokes.filter(stroke => stroke.links.includes(link)).flatMap(linksOf);
      return [...new Set(others)].filter(id => id !== link);
    },
    reveal(key) {
      const node = byKey.get(key);
      if (node && !zoom.isInView(node)) zoom.center(node);
    },
    first: nodes[0]?.id,
    focus(key, options) {
      const button = buttons.get(key);
      if (!button) return;
      for (const other of buttons.values()) other.tabIndex = -1;
      button.tabIndex = 0;
      button.focus(options);
    },
  };
}

function roundRect(ctx, x, y, width, height, radius) {
  ctx.beginPath(); ctx.roundRect(x, y, width, height, radius);
}
