/* How is the view drawn? A scene in plain values, handed to vis-network; labels are drawn by us on top. */
(function () {
  "use strict";
  const { data, nodes, edges } = CKG;
  const RADIUS = { province: 11, prefecture: 9, county: 8, organisation: 9 };
  const SHAPES = { supporter: "dot", recipient: "diamond", both: "triangle", party: "square", participant: "dot" };
  const container = document.getElementById("canvas");
  const tooltip = document.getElementById("tooltip");
  const baseNodes = new Map(data.vis.nodes.map((n) => [n.id, n]));
  const sent = new Map(); // what vis was last told, as text: only changes are sent
  let network, visNodes, visEdges, scene, positions, hovered = "";

  /* ---- positions: the frame stretched to the stage ---- */
  function frameBox(layout) {
    const spots = Object.values(data.layouts[layout]);
    const xs = spots.map((s) => s[0]), ys = spots.map((s) => s[1]);
    return { x: Math.min(...xs), y: Math.min(...ys), w: Math.max(...xs) - Math.min(...xs) || 1, h: Math.max(...ys) - Math.min(...ys) || 1 };
  }
  function margins(width, layout) {
    const narrow = width < 560;
    if (layout === "columns") return { x: CKG.state.lang === "en" ? (narrow ? 96 : 150) : (narrow ? 66 : 120), top: 44, bottom: 34 };
    return { x: narrow ? 30 : 60, top: narrow ? 44 : 36, bottom: narrow ? 44 : 48 };
  }
  CKG.positions = function (layout, width, height) {
    const box = frameBox(layout), edge = margins(width, layout);
    let sx = (width - 2 * edge.x) / box.w, sy = (height - edge.top - edge.bottom) / box.h;
    if (layout !== "columns") { // a map may be stretched a little, not bent out of shape
      const least = Math.min(sx, sy);
      sx = Math.min(sx, least * 1.25);
      sy = Math.min(sy, least * 1.25);
    }
    const dx = (width - sx * box.w) / 2, dy = edge.top + (height - edge.top - edge.bottom - sy * box.h) / 2;
    return new Map(Object.entries(data.layouts[layout]).map(([id, s]) => [id, { x: (s[0] - box.x) * sx + dx, y: (s[1] - box.y) * sy + dy, placed: s[2], column: s[0] }]));
  };

  /* ---- scene: every mark and line with its look ---- */
  CKG.scene = function (view, theme, spots, small) {
    return {
      nodes: data.nodes.filter((n) => view.busy.has(n.id) || view.quiet.has(n.id)).map((n) => markOf(n, view, theme, spots, small)),
      edges: data.edges.filter((e) => view.shown.has(e.id)).map((e) => lineOf(e, view.shown.get(e.id), view, theme)),
    };
  };

  function markOf(node, view, theme, spots, small) {
    const quiet = !view.busy.has(node.id), lit = !view.lit || view.lit.nodes.has(node.id);
    const role = CKG.role(node), shape = node.kind === "organisation" ? "hexagon" : SHAPES[role];
    const chosen = CKG.state.place === node.id;
    const colour = role === "participant" ? theme.muted : theme[shape === "hexagon" ? SHAPES[role] : shape];
    const dim = lit ? 0 : 0.8;
    const hollow = node.kind === "anonymous" || quiet;
    const spot = spots.get(node.id);
    let r = ((RADIUS[node.level] || 7) + Math.min(5, Math.sqrt(CKG.degree.get(node.id)) * 1.3)) * (small ? 0.78 : 1);
    if (quiet) r = chosen ? 6 : 3.5;
    return {
      id: node.id, x: spot.x, y: spot.y, r: shape === "square" ? r * 0.86 : r, shape: quiet ? "dot" : shape, quiet, chosen, lit: Boolean(view.lit) && lit,
      fill: hollow ? theme.stage : CKG.mix(colour, theme.stage, dim),
      stroke: CKG.mix(chosen ? theme.ink : quiet ? theme.muted : hollow ? colour : theme.dark ? theme.stage : theme.ring, theme.stage, lit ? (quiet ? 0.35 : 0) : 0.8),
      strokeWidth: chosen ? 3.5 : hollow && !quiet ? 2 : 1.2, dashed: node.kind === "anonymous",
      text: CKG.nodeLabel(node), ink: CKG.mix(quiet ? theme.muted : theme.ink, theme.stage, lit ? 0 : 0.62),
      bold: chosen, size: quiet ? 11 : 13, keep: chosen,
      rank: (chosen ? 1e6 : 0) + (view.lit && lit ? 1e5 : 0) + (quiet ? -1e4 : 0) + CKG.degree.get(node.id) * 10 + (node.level === "province" ? 5 : 0),
      side: CKG.state.layout !== "columns" || spot.placed === "shelf" ? "" : spot.column === 0 ? "left" : "right",
    };
  }

  function lineOf(edge, status, view, theme) {
    const lit = !view.lit || view.lit.edges.has(edge.id), chosen = CKG.state.pairing === edge.id || hovered === edge.id;
    const paleness = { certain: 0, possible: 0.3, undated: 0.22 }[status];
    const colour = CKG.mix(theme.programme(edge.programme), theme.stage, lit ? (chosen ? 0 : paleness) : 0.8);
    const tag = edge.name_zh.length <= 3 && edge.name_zh ? edge.name_zh : "";
    return {
      id: edge.id, source: edge.source, target: edge.target, status, colour, directed: edge.directed, chosen,
      width: { certain: 2.2, possible: 1.1, undated: 1.6 }[status] + (chosen ? 1.6 : 0),
      dash: status === "undated" ? [2, 7] : data.styles[edge.programme].dash,
      tag: lit && (CKG.state.names || chosen) ? tag : "",
    };
  }

  /* ---- to vis ---- */
  const visNode = (m) => ({
    id: m.id, x: m.x, y: m.y, shape: m.shape, size: m.r, hidden: false, label: undefined,
    color: { background: m.fill, border: m.stroke, hover: { background: m.fill, border: m.stroke } }, borderWidth: m.strokeWidth,
    shapeProperties: { borderDashes: m.dashed ? [3, 3] : false },
  });
  const visEdge = (l) => ({
    id: l.id, hidden: false, width: l.width, dashes: l.dash.length ? l.dash : false,
    color: { color: l.colour, hover: l.colour, highlight: l.colour, inherit: false },
    arrows: {
      to: { enabled: l.directed, type: l.status === "certain" ? "arrow" : "vee", scaleFactor: l.status === "certain" ? 0.62 : 0.8 },
      middle: { enabled: l.status === "undated", type: "circle", scaleFactor: 0.42 },
    },
  });

  function send(set, kind, wanted, all) {
    const changes = [];
    for (const id of all) {
      const item = wanted.get(id) || { id, hidden: true };
      const text = JSON.stringify(item);
      if (sent.get(kind + id) !== text) { sent.set(kind + id, text); changes.push(item); }
    }
    if (changes.length) set.update(changes);
    return changes.length;
  }

  CKG.drawStage = function (view, options) {
    const width = container.clientWidth, height = container.clientHeight;
    positions = CKG.positions(CKG.state.layout, width, height);
    CKG.view_ = view;
    scene = CKG.scene(view, CKG.theme(), positions, width < 560);
    const hiddenSpots = new Map(data.nodes.map((n) => [n.id, { id: n.id, hidden: true, ...pick(positions.get(n.id)) }]));
    for (const mark of scene.nodes) hiddenSpots.set(mark.id, visNode(mark));
    send(visNodes, "n:", hiddenSpots, nodes.keys());
    send(visEdges, "e:", new Map(scene.edges.map((l) => [l.id, visEdge(l)])), edges.keys());
    if (options && options.fit) CKG.fit();
    network.redraw();
  };
  const pick = (spot) => ({ x: spot.x, y: spot.y });

  CKG.fit = () => network.moveTo({ position: { x: container.clientWidth / 2, y: container.clientHeight / 2 }, scale: 1 });

  /* ---- labels, short names, captions ---- */
  CKG.labelling = function (current, project, scale, bounds, curves, size) {
    const marks = current.nodes.map((m) => ({ ...m, ...project(m), r: m.r * scale, solid: !m.quiet }));
    const tags = current.edges.filter((l) => l.tag).map((l) => ({
      id: l.id, text: l.tag, size: 11, bold: true, colour: l.colour, keep: l.chosen,
      points: [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73].map((t) => project(along(curves(l), t))),
    }));
    tags.sort((a, b) => Number(b.keep) - Number(a.keep));
    return CKG.placeLabels(marks, tags, CKG.measure, bounds);
  };

  /* The quadratic curve that vis draws, so that names and exported pictures follow the same line. */
  CKG.curve = function (line) {
    const body = network.body.edges[line.id];
    const a = body.from, b = body.to;
    const via = body.edgeType._getViaCoordinates ? body.edgeType._getViaCoordinates() : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    return { a: pick(a), via: pick(via), b: pick(b) };
  };
  function along(curve, t) {
    const mixed = (axis) => (1 - t) * (1 - t) * curve.a[axis] + 2 * t * (1 - t) * curve.via[axis] + t * t * curve.b[axis];
    return { x: mixed("x"), y: mixed("y") };
  }
  CKG.along = along;

  CKG.captions = function (layout, width, spots) {
    const found = [];
    if (layout === "columns") {
      const columns = new Set([...spots.values()].filter((s) => s.placed !== "shelf").map((s) => s.column));
      const tops = [[0, "column_left"], [500, "column_middle"], [1000, "column_right"]].filter(([column]) => columns.has(column));
      for (const [column, key] of tops) {
        const spot = [...spots.values()].find((s) => s.column === column && s.placed !== "shelf");
        found.push({ x: spot.x, y: 20, text: CKG.t(key), anchor: "middle" });
      }
    }
    const shelf = [...spots.entries()].filter(([id, s]) => s.placed === "shelf" && scene.nodes.some((m) => m.id === id)).map(([, s]) => s);
    if (shelf.length) found.push({ x: Math.min(...shelf.map((s) => s.x)) - 18, y: Math.min(...shelf.map((s) => s.y)) - 16, text: CKG.t("shelf"), anchor: "start" });
    return found;
  };

  function paintLabels(ctx) {
    const theme = CKG.theme(), ratio = ctx.canvas.width / container.clientWidth;
    const project = (p) => network.canvasToDOM(p);
    const bounds = { x: 0, y: 0, w: container.clientWidth, h: container.clientHeight };
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.lineJoin = "round";
    ctx.textBaseline = "middle";
    for (const caption of CKG.captions(CKG.state.layout, bounds.w, positions)) {
      const at = project(caption);
      write(ctx, caption.text, at.x, at.y, CKG.font(12, true), theme.muted, theme.stage, caption.anchor === "middle" ? "center" : "left");
    }
    const placed = CKG.labelling(scene, project, network.getScale(), bounds, CKG.curve);
    for (const box of placed) if (box.tag) pill(ctx, box, theme);
    for (const box of placed) if (box.mark) write(ctx, box.mark.text, box.x, box.y + box.h / 2, CKG.font(box.mark.size, box.mark.bold), box.mark.ink, theme.stage, "left");
    ctx.restore();
    CKG.placed = placed;
  }
  function write(ctx, text, x, y, font, ink, halo, align) {
    ctx.font = font;
    ctx.textAlign = align;
    ctx.strokeStyle = halo;
    ctx.lineWidth = 4;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = ink;
    ctx.fillText(text, x, y);
  }
  function pill(ctx, box, theme) {
    ctx.beginPath();
    ctx.roundRect(box.x, box.y, box.w, box.h, box.h / 2);
    ctx.fillStyle = theme.stage;
    ctx.fill();
    ctx.strokeStyle = box.tag.colour;
    ctx.lineWidth = box.tag.keep ? 1.6 : 0.8;
    ctx.stroke();
    ctx.font = CKG.font(box.tag.size, true);
    ctx.textAlign = "center";
    ctx.fillStyle = box.tag.colour;
    ctx.fillText(box.tag.text, box.x + box.w / 2, box.y + box.h / 2 + 0.5);
  }

  /* ---- pointing ---- */
  function showTooltip(event, lines) {
    tooltip.replaceChildren(...lines.map((line, i) => CKG.el("div", { text: line, cls: i ? "muted" : "strong" })));
    tooltip.hidden = false;
    const x = event.offsetX ?? 0, y = event.offsetY ?? 0;
    tooltip.style.left = Math.min(x + 14, container.clientWidth - tooltip.offsetWidth - 6) + "px";
    tooltip.style.top = Math.min(y + 14, container.clientHeight - tooltip.offsetHeight - 6) + "px";
  }
  const tipEdge = (edge) => [CKG.pairingName(edge), CKG.sides(edge), CKG.programmeName(edge.programme) + " · " + CKG.t("status_" + CKG.status(edge, CKG.state))];
  const tipNode = (node) => [CKG.fullLabel(node), node.kind === "anonymous" ? CKG.t("kind_anonymous") : CKG.levelName(node.level) + " · " + CKG.t("role_" + CKG.role(node))];
  const unhover = () => { tooltip.hidden = true; container.style.cursor = ""; };

  function listen() {
    network.on("click", (p) => {
      const node = network.getNodeAt(p.pointer.DOM), edge = network.getEdgeAt(p.pointer.DOM);
      if (node !== undefined && nodes.has(node)) CKG.update({ place: node, pairing: "" });
      else if (edge !== undefined && edges.has(edge)) CKG.update({ pairing: edge, place: "" });
      else CKG.update({ place: "", pairing: "" });
    });
    network.on("hoverNode", (p) => { container.style.cursor = "pointer"; showTooltip(p.event, tipNode(nodes.get(p.node))); });
    network.on("hoverEdge", (p) => { container.style.cursor = "pointer"; showTooltip(p.event, tipEdge(edges.get(p.edge))); });
    for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, unhover);
    network.on("afterDrawing", paintLabels);
    // the page scrolls under the wheel until the reader has taken hold of the picture
    container.addEventListener("wheel", (event) => {
      if (!(event.ctrlKey || event.metaKey || container.contains(document.activeElement))) event.stopImmediatePropagation();
    }, { capture: true });
    container.addEventListener("pointerdown", () => container.focus({ preventScroll: true }));
  }

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = network.getViewPosition(), scale = network.getScale(), step = 60 / scale;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) network.moveTo({ position: { x: at.x + moves[event.key][0], y: at.y + moves[event.key][1] } });
    else if (event.key === "+" || event.key === "=") CKG.zoom(1.25);
    else if (event.key === "-") CKG.zoom(0.8);
    else if (event.key === "0") CKG.fit();
    else if (event.key === "]" || event.key === "[") CKG.stepPairing(event.key === "]" ? 1 : -1);
    else return;
    event.preventDefault();
  }
  CKG.zoom = (factor) => network.moveTo({ scale: Math.min(6, Math.max(0.2, network.getScale() * factor)) });
  CKG.stepPairing = function (step) {
    const shown = [...CKG.view_.shown.keys()];
    if (!shown.length) return;
    const at = shown.indexOf(CKG.state.pairing);
    CKG.update({ pairing: shown[(at < 0 ? (step > 0 ? 0 : shown.length - 1) : at + step + shown.length) % shown.length], place: "" });
  };

  CKG.startStage = function () {
    visNodes = new vis.DataSet(data.vis.nodes.map((n) => ({ ...n, hidden: true })));
    visEdges = new vis.DataSet(data.vis.edges.map((e) => ({ ...e, hidden: true })));
    network = new vis.Network(container, { nodes: visNodes, edges: visEdges }, { ...data.vis.options, autoResize: false });
    CKG.network = network;
    CKG.visNodes = visNodes;
    CKG.visEdges = visEdges;
    CKG.baseShape = (id) => baseNodes.get(id).shape;
    scene = { nodes: [], edges: [] };
    positions = new Map();
    listen();
    container.addEventListener("keydown", keys);
    new ResizeObserver(() => {
      network.setSize(container.clientWidth + "px", container.clientHeight + "px");
      CKG.drawStage(CKG.view(CKG.state), { fit: true });
    }).observe(container);
  };
})();
