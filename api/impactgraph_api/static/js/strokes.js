// The lines of the picture as paths: to draw them, and to find the one that a pointer is on.

const CURVE = 14;               // pieces that a curve is cut into, to measure how far away it is

export function tracePath(path, points) {
  path.moveTo(...points[0]);
  for (let i = 1; i < points.length; i += 1) {
    const [x1, y1] = points[i - 1], [x2, y2] = points[i], half = (x2 - x1) / 2;
    if (y1 === y2 || x1 === x2) path.lineTo(x2, y2);
    else path.bezierCurveTo(x1 + half, y1, x2 - half, y2, x2, y2);
  }
}

const flatten = points => points.slice(1).flatMap(([x2, y2], index) => {
  const [x1, y1] = points[index];
  if (y1 === y2 || x1 === x2) return [[x2, y2]];
  return Array.from({ length: CURVE }, (_, step) => {
    const t = (step + 1) / CURVE, rise = t * t * (3 - 2 * t);
    return [x1 + (x2 - x1) * (1.5 * t - 1.5 * t * t + t ** 3), y1 + (y2 - y1) * rise];
  });
});

const distance = ([x, y], [x1, y1], [x2, y2]) => {
  const dx = x2 - x1, dy = y2 - y1, length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length)) : 0;
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
};

export function boundsOf(stroke) {
  const xs = stroke.points.map(([x]) => x), ys = stroke.points.map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

export function strokeFinder(strokes) {
  const known = strokes.map(stroke => ({ stroke, bounds: boundsOf(stroke), line: [stroke.points[0], ...flatten(stroke.points)] }));
  return (point, reach, isShown) => {
    const [x, y] = point;
    let best = null, least = reach;
    for (const { stroke, bounds, line } of known) {
      if (x < bounds.left - reach || x > bounds.right + reach || y < bounds.top - reach || y > bounds.bottom + reach) continue;
      if (!isShown(stroke)) continue;
      for (let i = 1; i < line.length; i += 1) {
        const away = distance(point, line[i - 1], line[i]);
        if (away <= least) { least = away; best = stroke; }
      }
    }
    return best;
  };
}
