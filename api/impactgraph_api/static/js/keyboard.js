// Arrow keys between the cards: up and down in a column, left and right to the nearest card of the next one.

export function steer(cards, nodes, stages, { focus, isShown }) {
  const all = stages.map(stage => nodes.filter(node => node.stage === stage).sort((a, b) => a.y - b.y));
  const nearest = (column, y) => column.reduce((best, node) => Math.abs(node.y - y) < Math.abs(best.y - y) ? node : best);

  cards.addEventListener("keydown", event => {
    const node = nodes.find(candidate => candidate.id === event.target.dataset.pick);
    if (!node || event.altKey || event.ctrlKey || event.metaKey) return;
    const columns = all.map(column => column.filter(candidate => isShown(candidate.id)));
    const at = stages.indexOf(node.stage), column = columns[at], row = column.indexOf(node);
    let next = null;
    if (event.key === "ArrowDown") next = column[row + 1];
    else if (event.key === "ArrowUp") next = column[row - 1];
    else if (event.key === "Home") next = column[0];
    else if (event.key === "End") next = column.at(-1);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const step = event.key === "ArrowLeft" ? -1 : 1;
      for (let i = at + step; i >= 0 && i < columns.length; i += step) {
        if (columns[i].length) { next = nearest(columns[i], node.y); break; }
      }
    } else return;
    event.preventDefault();
    if (next) focus(next.id);
  });
}
