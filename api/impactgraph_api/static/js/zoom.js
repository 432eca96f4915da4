// The size of the picture, and which part of it is in view. The picture is as large as its scale makes it and
// scrolls in its box; the canvas is only as large as the box, stays in it, and draws what is in view.

const MAX_SCALE = 1.5, MOST = 4, STEP = 1.25, NEAR = .01;
const TALLEST = 900, LEAST = 560;             // a picture taller than that scrolls in its box, which is that tall at least

export function createZoom(picture, { stage, scroll, box, overlay, network, onChange }) {
  let fitted = 1, factor = 1;
  const scale = () => fitted * factor;
  const least = () => Math.min(1, scroll.clientHeight / picture.height / fitted, scroll.clientWidth / picture.width / fitted);

  function show() {
    const left = scroll.scrollLeft + box.clientWidth / 2, top = scroll.scrollTop + box.clientHeight / 2;
    network.moveTo({ position: { x: left / scale(), y: top / scale() }, scale: scale() });
  }

  function resize() {
    const width = picture.width * scale(), height = picture.height * scale();
    stage.style.width = `${width}px`;
    stage.style.height = `${height}px`;
    overlay.style.transform = `scale(${scale()})`;
    const moves = width > scroll.clientWidth + 1 || height > scroll.clientHeight + 1;
    scroll.classList.toggle("moves", moves);
    if (moves) scroll.tabIndex = 0; else scroll.removeAttribute("tabindex");
    box.style.width = `${Math.min(width, scroll.clientWidth)}px`;
    box.style.height = `${Math.min(height, scroll.clientHeight)}px`;
    network.setSize("100%", "100%");
    network.redraw();
    show();
  }

  function fit() {
    const below = innerHeight - (scroll.getBoundingClientRect().top + scrollY) - 12;
    fitted = Math.min(MAX_SCALE, Math.max(1, Math.min(scroll.clientWidth / picture.width, below / picture.height)));
    const height = picture.height * fitted;
    scroll.style.height = `${height > TALLEST ? Math.max(below, LEAST) : height}px`;
    resize();
    document.documentElement.style.setProperty("--picture-height", `${stage.closest(".picture").offsetHeight}px`);
  }

  // The point of the picture at (x, y) in the box stays where it is.
  function zoomTo(next, x = scroll.clientWidth / 2, y = scroll.clientHeight / 2) {
    next = Math.max(least(), Math.min(MOST, next));
    if (Math.abs(next - 1) < NEAR) next = 1;
    if (next === factor) return;
    const before = scale(), across = (scroll.scrollLeft + x - stage.offsetLeft) / before, down = (scroll.scrollTop + y) / before;
    factor = next;
    resize();
    scroll.scrollLeft = across * scale() + stage.offsetLeft - x;
    scroll.scrollTop = down * scale() - y;
    show();
  }

  function zoomBy(ratio, x, y) {
    zoomTo(factor * ratio, x, y);
    onChange(factor);
  }

  const inBox = ({ clientX, clientY }) => {
    const { left, top } = scroll.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };

  scroll.addEventListener("scroll", show, { passive: true });
  scroll.addEventListener("wheel", event => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoomBy(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 240), ...inBox(event));
  }, { passive: false });

  let pinch = 0;                // how far two fingers are apart
  const spread = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  scroll.addEventListener("touchstart", event => { pinch = event.touches.length === 2 ? spread(event.touches) : 0; }, { passive: true });
  scroll.addEventListener("touchmove", event => {
    if (event.touches.length !== 2 || !pinch) return;
    event.preventDefault();
    const [one, other] = event.touches, now = spread(event.touches);
    zoomBy(now / pinch, ...inBox({ clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 }));
    pinch = now;
  }, { passive: false });

  let drag = null, dragged = false;
  scroll.addEventListener("pointerdown", event => {
    dragged = false;
    if (event.pointerType === "mouse" && event.button === 0 && scroll.classList.contains("moves")) {
      drag = { x: event.clientX, y: event.clientY, left: scroll.scrollLeft, top: scroll.scrollTop };
    }
  });
  addEventListener("pointermove", event => {
    if (!drag) return;
    const x = event.clientX - drag.x, y = event.clientY - drag.y;
    if (!dragged && Math.hypot(x, y) < 5) return;
    dragged = true;
    scroll.classList.add("dragged");
    scroll.scrollTo({ left: drag.left - x, top: drag.top - y, behavior: "instant" });
  });
  addEventListener("pointerup", () => { drag = null; scroll.classList.remove("dragged"); });
  // A click that ends a drag picks nothing.
  scroll.addEventListener("click", event => {
    if (dragged) { event.preventDefault(); event.stopPropagation(); dragged = false; }
  }, true);

  return {
    fit,
    zoomTo,
    get factor() { return factor; },
    get scale() { return scale(); },
    larger() { zoomBy(STEP); },
    smaller() { zoomBy(1 / STEP); },
    whole() { zoomTo(1); onChange(factor); },
    // Whether more or less than now is possible.
    room: () => ({ larger: factor < MOST - NEAR, smaller: factor > least() + NEAR }),
    pointAt(event) {
      const { left, top } = stage.getBoundingClientRect();
      return [(event.clientX - left) / scale(), (event.clientY - top) / scale()];
    },
    center({ x, y }) {
      scroll.scrollTo({ left: x * scale() - scroll.clientWidth / 2, top: y * scale() - scroll.clientHeight / 2, behavior: "instant" });
    },
    isInView({ x, y, width, height }) {
      const left = scroll.scrollLeft / scale(), top = scroll.scrollTop / scale();
      return x - width / 2 >= left && x + width / 2 <= left + scroll.clientWidth / scale()
        && y - height / 2 >= top && y + height / 2 <= top + scroll.clientHeight / scale();
    },
    view() {
      const left = scroll.scrollLeft / scale(), top = scroll.scrollTop / scale();
      return { left, top, right: left + box.clientWidth / scale(), bottom: top + box.clientHeight / scale() };
    },
  };
}
