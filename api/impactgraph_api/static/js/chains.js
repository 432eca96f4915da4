// Which cards and links stand on a chain through a card: everything upstream and downstream of it.

const index = (links, end) => {
  const map = new Map();
  for (const link of links) if (map.has(link[end])) map.get(link[end]).push(link); else map.set(link[end], [link]);
  return map;
};

const walk = (start, leaving, far, nodes, lit) => {
  const todo = [start];
  const seen = new Set(todo);
  while (todo.length) {
    for (const link of leaving.get(todo.pop()) ?? []) {
      lit.add(link.id);
      nodes.add(link[far]);
      if (!seen.has(link[far])) { seen.add(link[far]); todo.push(link[far]); }
    }
  }
};

export function chainFinder(links) {
  const out = index(links, "from");
  const into = index(links, "to");
  return starts => {
    const nodes = new Set(starts);
    const lit = new Set();
    for (const start of starts) {
      walk(start, out, "to", nodes, lit);
      walk(start, into, "from", nodes, lit);
    }
    return { nodes, links: lit };
  };
}

// The cards within so many steps of one, whichever way the links lead.
export function stepFinder(links) {
  const out = index(links, "from"), into = index(links, "to");
  return (start, steps) => {
    const reached = new Set([start]);
    let edge = [start];
    for (let step = 0; step < steps; step += 1) {
      edge = edge.flatMap(key => [...(out.get(key) ?? []).map(link => link.to), ...(into.get(key) ?? []).map(link => link.from)]);
      edge = [...new Set(edge)].filter(key => !reached.has(key));
      for (const key of edge) reached.add(key);
    }
    return reached;
  };
}
