// What a search finds, the best first: a card of just that name, then labels, own words, words of what it is linked to.

const fold = text => text.toLowerCase().replace(/\s+/g, " ").trim();
const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// Short words ("b", "of") count only as whole words; longer ones also inside others ("production" in "coproduction").
const pattern = wanted => {
  const ends = wanted.split(" ").at(-1).length < 3;
  return new RegExp(ends ? `(?<![\\p{L}\\p{N}])${escape(wanted)}(?![\\p{L}\\p{N}])` : escape(wanted), "u");
};

const textWithout = (element, selector) => {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll(selector)) part.remove();
  return fold(copy.textContent);
};

export function createFinder(nodes, articles) {
  let entries = null;           // made at the first search

  const read = () => nodes.map(node => {
    const article = articles.get(node.id);
    return {
      key: node.id, notation: node.notation ?? "", names: [fold(node.name), fold(node.notation ?? node.name)],
      label: fold(node.label), own: textWithout(article, ".links, .influences, .gap, .sentence, summary"), all: fold(article.textContent),
    };
  });

  const rank = (entry, words, wanted, holds) => {
    if (entry.names.includes(wanted)) return entry.notation === words ? 0 : 1;
    if (holds.test(entry.label)) return 2;
    if (holds.test(entry.own)) return 3;
    return holds.test(entry.all) ? 4 : null;
  };

  return words => {
    const wanted = fold(words);
    if (!wanted) return [];
    entries ??= read();
    const holds = pattern(wanted);
    return entries
      .map(entry => [rank(entry, words.trim(), wanted, holds), entry.key])
      .filter(([place]) => place !== null)
      .sort(([one], [other]) => one - other)
      .map(([, key]) => key);
  };
}
