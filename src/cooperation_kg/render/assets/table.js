/* The same view as a table, for reading aloud, copying and tapping. */
(function () {
  "use strict";
  const { data, nodes, el } = CKG;
  const t = (...args) => CKG.t(...args);

  const sourcesOf = (edge) => new Set(edge.evidence.map((index) => data.statements[index].source)).size;

  function rowOf(edge, status) {
    const span = CKG.years(edge), open = () => CKG.update({ pairing: edge.id, place: "" }, { showPanel: true });
    const name = el("button", { cls: "inline", text: CKG.pairingName(edge), attrs: { type: "button" }, on: { click: (event) => { event.stopPropagation(); open(); } } });
    const cells = [
      el("th", { attrs: { scope: "row" } }, name), el("td", { text: CKG.nodeLabel(nodes.get(edge.source)) }),
      el("td", { cls: "arrow", text: edge.directed ? "→" : "—" }), el("td", { text: CKG.nodeLabel(nodes.get(edge.target)) }),
      el("td", {}, CKG.lineSample({ programme: edge.programme, status, directed: edge.directed, length: 30 }), " " + CKG.programmeName(edge.programme)),
      el("td", {}, el("span", { cls: "dot " + status }), " " + t("status_" + status)), el("td", { cls: "num", text: span ? span.join("–") : "—" }), el("td", { cls: "num", text: String(sourcesOf(edge)) }),
    ];
    return el("tr", { cls: CKG.state.pairing === edge.id ? "chosen" : "", attrs: { "data-pairing": edge.id }, on: { click: open } }, ...cells);
  }

  CKG.drawTable = function (view) {
    const shown = data.edges.filter((edge) => view.shown.has(edge.id));
    document.getElementById("rows").replaceChildren(...shown.map((edge) => rowOf(edge, view.shown.get(edge.id))));
    document.getElementById("table-empty").hidden = shown.length > 0;
    document.getElementById("empty").hidden = shown.length > 0;
    const lone = data.nodes.filter((n) => CKG.degree.get(n.id) === 0 && CKG.state.levels.has(n.level));
    document.getElementById("lone").hidden = !lone.length;
    document.getElementById("lone-list").replaceChildren(...lone.map((n) => el("li", {}, el("button", { cls: "inline", text: CKG.fullLabel(n), attrs: { type: "button" }, on: { click: () => CKG.update({ place: n.id, pairing: "" }, { showPanel: true }) } }))));
  };

  CKG.summary = function (view, state) {
    const count = (status) => [...view.shown.values()].filter((s) => s === status).length;
    let text = t(state.all ? "summary_all" : "summary", { y: state.year, p: view.busy.size, c: count("certain") });
    if (count("possible")) text += t("summary_possible", { n: count("possible") });
    if (count("undated")) text += t("summary_undated", { n: count("undated") });
    return text;
  };

  /* A short line as it is drawn in the picture: colour and dash of the programme, arrow and weight of the status. */
  CKG.lineSample = function ({ programme, status, directed, length, colour }) {
    const theme = CKG.theme(), ink = colour || theme.programme(programme);
    const dash = status === "undated" ? [2, 6] : programme ? data.styles[programme].dash : [];
    const width = { certain: 2.6, possible: 1.3, undated: 2 }[status];
    const parts = [CKG.svg("line", { x1: 1, y1: 6, x2: length - (directed ? 7 : 1), y2: 6, stroke: ink, "stroke-width": width, "stroke-dasharray": dash.join(" "), "stroke-opacity": status === "certain" ? 1 : 0.75 })];
    if (directed && status === "certain") parts.push(CKG.svg("path", { d: `M${length - 9} 1.5 L${length} 6 L${length - 9} 10.5 Z`, fill: ink }));
    if (directed && status !== "certain") parts.push(CKG.svg("path", { d: `M${length - 8} 1.5 L${length - 1} 6 L${length - 8} 10.5`, fill: "none", stroke: ink, "stroke-width": 1.4 }));
    if (status === "undated") parts.push(CKG.svg("circle", { cx: length / 2, cy: 6, r: 3, fill: ink }));
    return CKG.svg("svg", { width: length, height: 12, viewBox: `0 0 ${length} 12`, class: "sample", "aria-hidden": "true" }, ...parts);
  };

  CKG.markSample = function (shape, options) {
    const { fill, stroke, dashed, r } = { r: 6, stroke: CKG.theme().ring, ...options };
    return CKG.svg("svg", { width: 18, height: 18, viewBox: "-9 -9 18 18", class: "sample", "aria-hidden": "true" }, CKG.shape(shape, 0, 0, r, { fill, stroke, "stroke-width": dashed ? 1.8 : 1, ...(dashed ? { "stroke-dasharray": "3 2" } : {}) }));
  };

  CKG.shape = function (shape, x, y, r, attrs) {
    const ring = (n, turn) => Array.from({ length: n }, (_, i) => { const a = turn + (2 * Math.PI * i) / n; return [x + r * Math.cos(a), y + r * Math.sin(a)].map((v) => v.toFixed(1)).join(","); }).join(" ");
    if (shape === "dot") return CKG.svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), ...attrs });
    if (shape === "square") return CKG.svg("rect", { x: (x - r).toFixed(1), y: (y - r).toFixed(1), width: (2 * r).toFixed(1), height: (2 * r).toFixed(1), ...attrs });
    const points = { diamond: () => ring(4, 0), triangle: () => ring(3, -Math.PI / 2), hexagon: () => ring(6, 0) }[shape]();
    return CKG.svg("polygon", { points, ...attrs });
  };
})();
