// Draws the picture on vis-network's canvas: columns, lines and cards, at positions computed on the server.
// Real buttons lie over the cards, so that a keyboard and a screen reader have them too.

const style = getComputedStyle(document.documentElement);
const colour = name => style.getPropertyValue(`--${name}`).trim();
const FONT = getComputedStyle(document.body).fontFamily;
const MAX_SCALE = 1.5;

export function createPicture({ nodes, edges, options, picture }, elements) {
  const { stage, network: box, overlay, cards } = elements;
  const byKey = new Map(nodes.map(node => [node.id, node]));
  const shown = new Set(edges.map(edge => edge.id));
  let lit = null;               // { nodes, links } or null for everything
  let picked = null;
  const isLit = key => !lit || lit.nodes.has(key);

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
    const links = stroke.links.filter(id => shown.has(id));
    if (!links.length) return;
    const hot = lit && links.some(id => lit.links.has(id));
    const hue = colour(stroke.basis);
    ctx.save();
    ctx.globalAlpha = lit ? (hot ? 1 : .12) : stroke.collective ? .7 : .9;
    ctx.strokeStyle = ctx.fillStyle = hue;
    ctx.lineWidth = hot ? 2.4 : 1.5;
    if (stroke.basis === "curated") ctx.setLineDash([9, 5]);
    if (stroke.basis === "inferred") { ctx.setLineDash([.1, 4.6]); ctx.lineCap = "round"; ctx.lineWidth = hot ? 3 : 2.2; }
    const points = stroke.points.map(point => [...point]);
    const [tipX, tipY] = points.at(-1);
    if (stroke.arrow) points.at(-1)[0] -= 6;
    ctx.beginPath(); ctx.moveTo(...points[0]);
    for (let i = 1; i < points.length; i += 1) {
      const [x1, y1] = points[i - 1], [x2, y2] = points[i], half = (x2 - x1) / 2;
      if (y1 === y2 || x1 === x2) ctx.lineTo(x2, y2);
      else ctx.bezierCurveTo(x1 + half, y1, x2 - half, y2, x2, y2);
    }
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
    const links = bar.links.filter(id => shown.has(id));
    if (!links.length) return;
    const hot = lit && links.some(id => lit.links.has(id));
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
    ctx.strokeStyle = colour("edge"); ctx.lineWidth = 1; ctx.setLineDash([2, 4]);
    for (const gap of picture.breaks) {
      ctx.beginPath(); ctx.moveTo(gap.x, 10); ctx.lineTo(gap.x, picture.height - 10); ctx.stroke();
    }
    ctx.restore();
  }

  // ---- the cards

  function drawCard({ ctx, id, x, y }) {
    const node = byKey.get(id), hue = colour(node.stage), warn = colour("warn");
    const left = x - node.width / 2, top = y - node.height / 2;
    return {
      drawNode() {
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
    drawColumns(ctx);
    drawBreaks(ctx);
    const hot = stroke => lit && stroke.links.some(id => lit.links.has(id));
    picture.strokes.filter(stroke => !hot(stroke)).forEach(stroke => drawStroke(ctx, stroke));
    picture.strokes.filter(hot).forEach(stroke => drawStroke(ctx, stroke));
    picture.bars.forEach(bar => drawBar(ctx, bar));
  }

  // ---- the buttons over the cards

  const buttons = new Map(nodes.map(node => {
    const button = document.createElement("button");
    button.type = "button"; button.dataset.pick = node.id; button.tabIndex = -1;
    button.textContent = `${node.name[0].toUpperCase()}${node.name.slice(1)}: ${node.label}${node.gaps ? `. Gaps: ${node.gaps}` : ""}`;
    button.title = node.lines.at(-1).endsWith("…") ? node.label : "";
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
  network.on("beforeDrawing", drawBeneath);
  box.inert = true;             // vis-network makes itself a tab stop; the buttons are what is worked

  function fit() {
    const room = stage.parentElement.clientWidth;
    const below = innerHeight - (stage.getBoundingClientRect().top + scrollY) - 12;
    const scale = Math.min(MAX_SCALE, Math.max(1, Math.min(room / picture.width, below / picture.height)));
    stage.style.width = `${picture.width * scale}px`;
    stage.style.height = `${picture.height * scale}px`;
    overlay.style.transform = `scale(${scale})`;
    network.setSize("100%", "100%");
    network.redraw();
    network.moveTo({ position: { x: picture.width / 2, y: picture.height / 2 }, scale });
    document.documentElement.style.setProperty("--picture-height", `${stage.closest(".picture").offsetHeight}px`);
  }
  addEventListener("resize", fit);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => network.redraw());
  fit();

  return {
    network,
    buttons,
    light(next, key = null) {
      lit = next; picked = key;
      for (const [id, button] of buttons) button.setAttribute("aria-pressed", String(id === key));
      network.redraw();
    },
    first: nodes[0]?.id,
    focus(key, options) {
      const button = buttons.get(key);
      if (!button) return;
      for (const other of buttons.values()) other.tabIndex = -1;
      button.tabIndex = 0;
      button.focus(options);
    },
    get scale() { return network.getScale(); },
  };
}

function roundRect(ctx, x, y, width, height, radius) {
  ctx.beginPath(); ctx.roundRect(x, y, width, height, radius);
}
