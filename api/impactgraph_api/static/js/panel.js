// The panel shows a copy of what the text view says of a node: the page itself is the only source of words.

export function createPanel(panel) {
  const intro = panel.querySelector("#intro");
  const details = panel.querySelector("#details");

  const raise = element => {
    const heading = document.createElement(element.tagName === "H3" ? "h2" : "h3");
    heading.append(...element.childNodes);
    element.replaceWith(heading);
  };

  const linkDetails = panel.querySelector("#link-details");

  const address = (hash, ...content) => {
    const link = document.createElement("a");
    link.href = hash;
    link.append(...content);
    return link;
  };

  // The sign of who says it leads to the link's own details; its reason stands where the link begins.
  const openLinks = (copy, has) => {
    for (const item of copy.querySelectorAll("li[data-link]")) {
      const basis = item.querySelector(":scope > .basis");
      const why = item.querySelector(":scope > .why") ? null : document.querySelector(`#text li[data-link="${item.dataset.link}"] > .why`);
      if (why) item.append(why.cloneNode(true));
      if (!basis || !has(item.dataset.link)) continue;
      const link = address(`#link=${item.dataset.link}`);
      link.title = panel.dataset.showLink;
      link.className = "to-link";
      basis.replaceWith(link);
      link.append(basis);
    }
  };

  return {
    // What is known of a link: from its edge, and from what the text says of it at the one of its ends.
    showLink(edge, { from, to, item, others }) {
      intro.hidden = true;
      const copy = linkDetails.content.cloneNode(true);
      const part = name => copy.querySelector(`[data-part=${name}]`);
      part("heading").textContent = `${from.name} ${edge.words} ${to.name}`;
      part("from").append(address(`#node=${from.id}`, `${from.name}: ${from.label}`));
      part("to").append(address(`#node=${to.id}`, `${to.name}: ${to.label}`));
      const basis = item?.querySelector(":scope > .basis")?.cloneNode(true);
      if (basis) { basis.lastChild.textContent = edge.collective ? `${edge.basis} together` : edge.basis; part("basis").append(basis); } else part("basis").append(edge.basis);
      part("confidence").textContent = edge.sure;
      if (edge.method) part("method").textContent = edge.method; else part("method").parentElement.remove();
      const why = item?.querySelector(":scope > details.why");
      if (why) part("why").replaceChildren(...[...why.cloneNode(true).childNodes].filter(child => child.nodeName !== "SUMMARY"));
      const decide = item?.querySelector(":scope > .decide");
      if (decide) copy.querySelector(".node-head").append(decide.cloneNode(true));
      if (!others.length) part("others").remove();
      else part("others").querySelector("ul").append(...others.map(other => {
        const entry = document.createElement("li");
        entry.append(address(`#link=${other.key}`, other.words));
        return entry;
      }));
      details.replaceChildren(copy);
      panel.scrollTop = 0;
    },
    show(article, claim, hasLink = () => false) {
      intro.hidden = Boolean(article);
      details.replaceChildren();
      if (!article) return;
      const copy = article.cloneNode(true);
      copy.removeAttribute("aria-labelledby");
      copy.classList.remove("lit");
      for (const element of copy.querySelectorAll(".show")) element.remove();
      for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
      for (const element of copy.querySelectorAll("h3, h4")) raise(element);
      for (const element of copy.querySelectorAll("details.body")) element.open = true;
      openLinks(copy, hasLink);
      details.append(copy);
      panel.scrollTop = 0;
      const wanted = claim && [...copy.querySelectorAll("[data-node]")].find(element => element.dataset.node === claim);
      if (wanted) {
        wanted.classList.add("lit");
        wanted.querySelector("details.why").open = true;
        for (let box = wanted.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
        panel.scrollTop = wanted.offsetTop - panel.offsetTop - 40;
      }
    },
    showGaps() {
      for (const group of intro.querySelectorAll(".gap-group")) group.open = "grave" in group.dataset;
      const heading = intro.querySelector("#gap-list");
      if (!heading) return;
      panel.scrollTop = heading.offsetTop - panel.offsetTop - 12;
      if (panel.scrollHeight <= panel.clientHeight) heading.scrollIntoView({ block: "start" });   // it does not scroll by itself
    },
  };
}
