// Where there is room beside the list, the facets stand open; a choice counts when it is applied.
const room = window.matchMedia("(min-width: 961px)");

function open() {
  if (!room.matches) return;
  for (const facet of document.querySelectorAll(".facet")) facet.open = true;
}

room.addEventListener("change", open);
open();
