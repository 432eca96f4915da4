// Which cards and links stand on a chain through a card: everything upstream and downstream of it.

const index = (links, end) => {
  const map = new Map();
  for (const link of links) map.set(link[end], [...(map.get(link[end]) ?? []), link]);
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
