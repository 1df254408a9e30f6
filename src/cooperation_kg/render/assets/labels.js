/* Where does each label go? One greedy pass: the important first, below, right, left, above; what does not fit is not drawn. */
(function () {
  "use strict";
  const CELL = 80;

  /* A grid of taken boxes, so that 500 labels stay quick. */
  class Taken {
    constructor() { this.cells = new Map(); }
    *keys(box) {
      for (let x = Math.floor(box.x / CELL); x <= Math.floor((box.x + box.w) / CELL); x++)
        for (let y = Math.floor(box.y / CELL); y <= Math.floor((box.y + box.h) / CELL); y++) yield x + ":" + y;
    }
    add(box) {
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(box);
      }
    }
    hits(box, except) {
      for (const key of this.keys(box))
        for (const other of this.cells.get(key) || [])
          if (other.id !== except && box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h) return true;
      return false;
    }
  }

  const GAP = 4;
  function candidate(side, mark, w, h) {
    const { x, y, r } = mark;
    const slots = {
      below: [x - w / 2, y + r + GAP - 1], above: [x - w / 2, y - r - GAP - h + 2],
      right: [x + r + GAP, y - h / 2], left: [x - r - GAP - w, y - h / 2],
      belowRight: [x + r * 0.7, y + r * 0.7 + 1], belowLeft: [x - r * 0.7 - w, y + r * 0.7 + 1],
      aboveRight: [x + r * 0.7, y - r * 0.7 - h - 1], aboveLeft: [x - r * 0.7 - w, y - r * 0.7 - h - 1],
    };
    return { x: slots[side][0], y: slots[side][1], w, h };
  }
  const SIDES = ["below", "right", "left", "above", "belowRight", "belowLeft", "aboveRight", "aboveLeft"];

  /* marks: {id, x, y, r, text, bold, rank, side, keep}, in screen units; returns placed labels. */
  CKG.placeLabels = function (marks, tags, measure, bounds) {
    const taken = new Taken();
    for (const mark of marks) if (mark.solid) taken.add({ id: mark.id, x: mark.x - mark.r, y: mark.y - mark.r, w: 2 * mark.r, h: 2 * mark.r });
    const placed = [];
    const inside = (box) => !bounds || (box.x >= bounds.x && box.y >= bounds.y && box.x + box.w <= bounds.x + bounds.w && box.y + box.h <= bounds.y + bounds.h);
    for (const mark of [...marks].sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1))) {
      if (!mark.text) continue;
      const w = measure(mark.text, mark.size, mark.bold), h = mark.size + 4;
      const sides = mark.side ? [mark.side, ...SIDES.filter((s) => s !== mark.side)] : SIDES;
      const boxes = sides.map((side) => candidate(side, mark, w, h));
      const box = boxes.find((b) => inside(b) && !taken.hits(b, mark.id)) || (mark.keep ? boxes[0] : null);
      if (!box) continue;
      taken.add({ ...box, id: "label:" + mark.id });
      placed.push({ ...box, mark });
    }
    for (const tag of tags) {
      const w = measure(tag.text, tag.size, tag.bold) + 8, h = tag.size + 6;
      const spot = tag.points.map((p) => ({ x: p.x - w / 2, y: p.y - h / 2, w, h })).find((b) => inside(b) && !taken.hits(b));
      const box = spot || (tag.keep ? { x: tag.points[0].x - w / 2, y: tag.points[0].y - h / 2, w, h } : null);
      if (!box) continue;
      taken.add({ ...box, id: "tag:" + tag.id });
      placed.push({ ...box, tag });
    }
    return placed;
  };

  const widths = new Map();
  const ruler = document.createElement("canvas").getContext("2d");
  CKG.font = (size, bold) => (bold ? "600 " : "400 ") + size + "px " + CKG.FONT;
  CKG.measure = function (text, size, bold) {
    const key = size + (bold ? "b" : "n") + text;
    if (!widths.has(key)) {
      ruler.font = CKG.font(size, bold);
      widths.set(key, ruler.measureText(text).width);
    }
    return widths.get(key);
  };
})();
