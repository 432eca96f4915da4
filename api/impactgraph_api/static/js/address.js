// What the page shows stands in the address behind the #, and nowhere else:
// node=finding/a, link=…, within=2, gaps, find=words, zoom=1.5, joined by &.

const NAMES = ["node", "link", "within", "gaps", "find", "zoom"];

export function decode(value) {
  try { return decodeURIComponent(value); } catch { return value; }
}

export function readAddress() {
  const state = {};
  for (const part of location.hash.slice(1).split("&")) {
    const [name, ...rest] = part.split("=");
    if (NAMES.includes(name)) state[name] = rest.join("=");
  }
  return state;
}

export function writeAddress(state, { replace = false } = {}) {
  const parts = NAMES.filter(name => state[name]).map(name => name === "gaps" ? name : `${name}=${state[name]}`);
  const hash = parts.length ? `#${parts.join("&")}` : "";
  if (hash === location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", hash || location.pathname + location.search);
}
