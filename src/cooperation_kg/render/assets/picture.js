/* Saving what is seen: an SVG of the view with its legend, the same as PNG, and the SVG for print. */
(function () {
  "use strict";
  const { data, svg } = CKG;
  const WIDTH = 1120, STAGE = 760;

  const text = (x, y, content, attrs) => {
    const element = svg("text", { x: x.toFixed(1), y: y.toFixed(1), "font-family": CKG.FONT, "font-size": 13, ...attrs });
    element.textContent = content;
    return element;
  };

  /* vis keeps curves in stage units; the picture has its own size, so ends and bend are carried over. */
  function carried(line, spots) {
    const own = CKG.curve(line), a = spots.get(line.source), b = spots.get(line.target);
    const dx = own.b.x - own.a.x, dy = own.b.y - own.a.y, length = dx * dx + dy * dy || 1;
    const mx = own.via.x - (own.a.x + own.b.x) / 2, my = own.via.y - (own.a.y + own.b.y) / 2;
    const off = (mx * -dy + my * dx) / length; // how far the bend lies beside the chord, in chords
    return { a, b, via: { x: (a.x + b.x) / 2 - (b.y - a.y) * off, y: (a.y + b.y) / 2 + (b.x - a.x) * off } };
  }

  function lineMarks(line, curve, r) {
    const { a, via, b } = curve;
    const point = (p) => p.x.toFixed(1) + " " + p.y.toFixed(1);
    const angle = Math.atan2(b.y - via.y, b.x - via.x), tip = { x: b.x - Math.cos(angle) * r, y: b.y - Math.sin(angle) * r };
    const wing = (turn) => ({ x: tip.x - 11 * Math.cos(angle + turn), y: tip.y - 11 * Math.sin(angle + turn) });
    const marks = [svg("path", { d: `M${point(a)} Q${point(via)} ${point(b)}`, fill: "none", stroke: line.colour, "stroke-width": line.width, ...(line.dash.length ? { "stroke-dasharray": line.dash.join(" ") } : {}) })];
    const head = `M${point(wing(0.38))} L${point(tip)} L${point(wing(-0.38))}`;
    if (line.directed) marks.push(svg("path", line.status === "certain" ? { d: head + "Z", fill: line.colour } : { d: head, fill: "none", stroke: line.colour, "stroke-width": 1.6 }));
    if (line.status === "undated") { const m = CKG.along(curve, 0.5); marks.push(svg("circle", { cx: m.x.toFixed(1), cy: m.y.toFixed(1), r: 3.4, fill: line.colour })); }
    return marks;
  }

  function legend(theme, top) {
    const parts = [];
    let x = 24, y = top;
    const put = (sample, label) => {
      const width = CKG.measure(label, 12, false) + 58;
      if (x + width > WIDTH - 20) { x = 24; y += 22; }
      sample.setAttribute("x", x);
      sample.setAttribute("y", y - 6);
      parts.push(sample, text(x + 40, y + 4, label, { "font-size": 12, fill: theme.ink }));
      x += width;
    };
    for (const id of CKG.usedProgrammes.filter((p) => CKG.state.programmes.has(p))) put(CKG.lineSample({ programme: id, status: "certain", directed: false, length: 32 }), CKG.programmeName(id));
    for (const status of ["certain", "possible", "undated"]) put(CKG.lineSample({ status, directed: status !== "undated", length: 32, colour: theme.ink }), CKG.t("legend_" + status));
    return { parts, bottom: y + 16 };
  }

  CKG.buildPicture = function () {
    const theme = CKG.theme(), view = CKG.view(CKG.state);
    const spots = CKG.positions(CKG.state.layout, WIDTH, STAGE);
    const scene = CKG.scene(view, theme, spots, false);
    const radius = new Map(scene.nodes.map((m) => [m.id, m.r]));
    const curves = new Map(scene.edges.map((l) => [l.id, carried(l, spots)]));
    const placed = CKG.labelling(scene, (p) => p, 1, { x: 0, y: 0, w: WIDTH, h: STAGE }, (l) => curves.get(l.id));
    const halo = { "paint-order": "stroke", stroke: theme.stage, "stroke-width": 4, "stroke-linejoin": "round" };
    const body = svg("g", { transform: "translate(0 64)" },
      CKG.state.all ? [] : text(WIDTH - 24, 62, String(CKG.state.year), { "font-size": 84, "font-weight": 700, "text-anchor": "end", fill: theme.year }),
      scene.edges.flatMap((l) => lineMarks(l, curves.get(l.id), radius.get(l.target) + 2)),
      scene.nodes.map((m) => CKG.shape(m.shape, m.x, m.y, m.r, { fill: m.fill, stroke: m.stroke, "stroke-width": m.strokeWidth, ...(m.dashed ? { "stroke-dasharray": "3 3" } : {}) })),
      CKG.captions(CKG.state.layout, WIDTH, spots).map((c) => text(c.x, c.y, c.text, { "font-size": 12, "font-weight": 600, "text-anchor": c.anchor, fill: theme.muted })),
      placed.filter((b) => b.tag).flatMap((b) => [svg("rect", { x: b.x.toFixed(1), y: b.y.toFixed(1), width: b.w.toFixed(1), height: b.h, rx: b.h / 2, fill: theme.stage, stroke: b.tag.colour, "stroke-width": 0.8 }), text(b.x + b.w / 2, b.y + b.h / 2 + 4, b.tag.text, { "font-size": 11, "font-weight": 600, "text-anchor": "middle", fill: b.tag.colour })]),
      placed.filter((b) => b.mark).map((b) => text(b.x, b.y + b.mark.size, b.mark.text, { "font-size": b.mark.size, "font-weight": b.mark.bold ? 600 : 400, fill: b.mark.ink, ...halo })));
    const { parts, bottom } = legend(theme, 64 + STAGE + 18);
    const note = [CKG.t("map_note"), CKG.t("footer", { v: data.version, h: data.horizon, b: data.base_iri })].join(" · ");
    const height = bottom + 30;
    return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, lang: CKG.state.lang === "zh" ? "zh-Hans" : "en" },
      svg("rect", { width: WIDTH, height, fill: theme.stage }), text(24, 36, CKG.byLang(data, "title"), { "font-size": 22, "font-weight": 600, fill: theme.ink }),
      text(24, 58, CKG.summary(view, CKG.state), { fill: theme.muted }), body, ...parts, text(24, bottom + 14, note, { "font-size": 11, fill: theme.muted }));
  };

  const asText = () => '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(CKG.buildPicture());
  const fileName = (suffix) => "cooperation-" + (CKG.state.all ? "all-years" : CKG.state.year) + suffix;

  function save(blob, name) {
    const url = URL.createObjectURL(blob);
    const anchor = CKG.el("a", { attrs: { href: url, download: name } });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  CKG.saveSvg = () => save(new Blob([asText()], { type: "image/svg+xml" }), fileName(".svg"));
  CKG.savePng = function () {
    const image = new Image();
    const url = URL.createObjectURL(new Blob([asText()], { type: "image/svg+xml" }));
    image.onload = () => {
      const canvas = CKG.el("canvas");
      canvas.width = image.width * 2;
      canvas.height = image.height * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      canvas.toBlob((blob) => save(blob, fileName(".png")), "image/png");
    };
    image.src = url;
  };

  window.addEventListener("beforeprint", () => {
    const theme = CKG.state.theme;
    CKG.state.theme = "light";
    document.documentElement.dataset.theme = "light";
    document.getElementById("print-figure").replaceChildren(CKG.buildPicture());
    CKG.state.theme = theme;
    CKG.applyTheme();
  });
})();
