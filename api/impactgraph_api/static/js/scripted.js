// Run before the page is laid out, so that it is laid out once: what needs scripts shows from the start,
// and gives way to what does without them where the page's own script did not load.
document.documentElement.classList.add("js");
addEventListener("load", () => {
  if (!document.documentElement.dataset.ready) document.documentElement.classList.remove("js");
});
