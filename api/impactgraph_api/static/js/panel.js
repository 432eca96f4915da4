// The panel shows a copy of what the text view says of a node: the page itself is the only source of words.

export function createPanel(panel) {
  const intro = panel.querySelector("#intro");
  const details = panel.querySelector("#details");

  const raise = element => {
    const heading = document.createElement(element.tagName === "H3" ? "h2" : "h3");
    heading.append(...element.childNodes);
    element.replaceWith(heading);
  };

  return {
    show(article, claim) {
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
