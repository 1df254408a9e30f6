"use strict";
/* The picture as a file: PNG from the canvas, SVG drawn anew from the same looks. */
CKG.save = (() => {
  const {state, word, said} = CKG;
  const SVG = "http://www.w3.org/2000/svg";

  function offer(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  const fileName = (suffix) => `cooperation-network-${state.year === "asked" ? CKG.data.as_of.tag : state.year}-${state.layout}.${suffix}`;

  /* the PNG is the SVG at double size: one drawing serves both */
  function png() {
    const drawn = picture();
    const [, , width, height] = drawn.getAttribute("viewBox").split(" ").map(Number);
    drawn.setAttribute("width", width);
    drawn.setAttribute("height", height);
    const image = new Image();
    const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(drawn)], {type: "image/svg+xml"}));
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * 2;
      canvas.height = height * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => offer(blob, fileName("png")), "image/png");
    });
    image.src = address;
  }

  function element(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* what a picture must say when it stands alone: how to read it, and which data it shows */
  function legend(svg, x, top) {
    let y = top;
    const line = (text) => {
      svg.append(element("text", {x, y, "font-size": 11, fill: CKG.draw.ink(), opacity: 0.75}, text));
      y += 17;
    };
    const rule = (look, text) => {
      svg.append(element("line", {x1: x, x2: x + 34, y1: y - 4, y2: y - 4, stroke: look.colour, "stroke-width": look.width, "stroke-opacity": look.opacity,
        ...(look.dash ? {"stroke-dasharray": look.dash.join(" ")} : {})}));
      svg.append(element("text", {x: x + 42, y, "font-size": 12, fill: CKG.draw.ink()}, text));
      y += 19;
    };
    for (const programme of CKG.data.programmes.filter((p) => !state.hiddenProgrammes.has(p.id))) {
      rule({colour: CKG.draw.programmeColour(programme.id), dash: CKG.draw.programmeDash(programme.id), width: 2.4, opacity: 1}, programme[state.lang] || programme.zh);
    }
    if (state.widthBy) {
      const measure = CKG.data.measures.find((known) => known.id === state.widthBy);
      line(`${word("width")}: ${measure[state.lang] || measure.zh}`);
      for (const value of CKG.draw.widthSteps()) rule({colour: CKG.draw.ink(), width: CKG.draw.widthOf(value), opacity: 1}, CKG.draw.yuan(value));
      rule({colour: CKG.draw.ink(), width: 1, dash: [1, 5], opacity: 1}, word("no-amount"));
      rule({colour: CKG.draw.ink(), width: 1, dash: [6, 4], opacity: 1}, word("several-amounts"));
    } else for (const [status, look] of Object.entries(CKG.draw.STATUS_LOOKS)) {
      if (!state.hiddenLayers.has(status)) rule({colour: CKG.draw.ink(), ...look}, word(status));
    }
    line(word({geographic: "map-note", columns: "columns-note", force: "force-note"}[state.layout]));
    for (const [name, hidden, all, terms] of [["field", state.hiddenFields, CKG.FIELDS, CKG.data.fields], ["grade", state.hiddenGrades, CKG.GRADES, CKG.data.grades]]) {
      if (!hidden.size) continue;
      const left = all.filter((value) => !hidden.has(value)).map((value) => (terms && terms[value] ? terms[value][state.lang] : word("not-stated")));
      line(`${word(name)}: ${left.join(word("list-comma"))}`);
    }
    line(`${CKG.data.base_iri} · ${CKG.data.version}`);
  }

  /* black on white whatever the theme */
  function onPaper() {
    const root = document.documentElement, theme = root.dataset.theme;
    root.dataset.theme = "light";
    const drawn = picture();
    root.dataset.theme = theme;
    return drawn;
  }

  function mark(look) {
    const {x, y, size: r} = look;
    const paint = {fill: look.color.background, stroke: look.color.border, "stroke-width": look.borderWidth};
    if (look.shape === "diamond") return element("path", {d: `M${x},${y - r} L${x + r},${y} L${x},${y + r} L${x - r},${y} Z`, ...paint});
    if (look.shape === "triangle") return element("path", {d: `M${x},${y - r} L${x + r},${y + r * 0.8} L${x - r},${y + r * 0.8} Z`, ...paint});
    if (look.shape === "square") return element("rect", {x: x - r * 0.85, y: y - r * 0.85, width: r * 1.7, height: r * 1.7, ...paint});
    return element("circle", {cx: x, cy: y, r, ...paint});
  }

  function picture() {
    const shown = CKG.shown();
    const points = [...shown.nodes].map((id) => CKG.nodes.get(id).at[state.layout]);
    const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]);
    const rows = CKG.data.programmes.length + (state.widthBy ? 6 : Object.keys(CKG.draw.STATUS_LOOKS).length) + (state.hiddenFields.size > 0) + (state.hiddenGrades.size > 0);
    const [left, right, up, down] = points.length ? [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] : [0, 400, 0, 100];
    const [x0, x1, y0, y1] = [left - 150, Math.max(right + 150, left + 500), up - 100, down + 120 + rows * 19];
    const svg = element("svg", {xmlns: SVG, viewBox: `${x0} ${y0} ${x1 - x0} ${y1 - y0}`, role: "img", "font-family": "sans-serif"});
    const title = said(CKG.data, "title");
    svg.append(element("title", {}, `${title} · ${CKG.timeWord()}`));
    svg.append(element("rect", {x: x0, y: y0, width: x1 - x0, height: y1 - y0, fill: CKG.draw.paper()}));
    svg.append(element("text", {x: x1 - 12, y: y0 + 48, "text-anchor": "end", "font-size": 44, "font-weight": 700, fill: CKG.draw.ink(), opacity: 0.18},
      CKG.timeWord()));
    svg.append(element("text", {x: x0 + 14, y: y0 + 34, "font-size": 20, "font-weight": 700, fill: CKG.draw.ink()}, title));
    legend(svg, x0 + 14, down + 84);
    const bright = CKG.draw.lit();
    const gathered = [...shown.held].map(([id, held]) => [CKG.lines.get(id), held]).map(([line, held]) => [line, CKG.draw.lineLook(line, held, bright)]);
    for (const [edge, look] of [...gathered.filter(([, look]) => !look.hidden), ...shown.edges.map((edge) => [edge, CKG.draw.edgeLook(edge, bright)])]) {
      const line = CKG.draw.curve(edge);
      svg.append(element("path", {d: `M${line.from} Q${line.middle.map(Math.round)} ${line.end.map(Math.round)}`, fill: "none", stroke: look.color.color, "stroke-width": look.width,
        ...(look.dashes ? {"stroke-dasharray": look.dashes.join(" ")} : {})}));
      if (edge.directed) {
        const [x, y] = line.end, degrees = line.angle * 180 / Math.PI;
        svg.append(element("path", {d: "M0,0 L-9,-4 L-9,4 Z", fill: look.color.color, transform: `translate(${x},${y}) rotate(${degrees})`}));
      }
      if (look.label) {
        const [x, y] = [0, 1].map((i) => Math.round((line.from[i] + 2 * line.middle[i] + line.end[i]) / 4));
        svg.append(element("text", {x, y, "font-size": 12, "text-anchor": "middle", fill: CKG.draw.ink(), stroke: CKG.draw.paper(), "stroke-width": 3, "paint-order": "stroke"}, look.label));
      }
    }
    for (const id of shown.nodes) svg.append(mark(CKG.draw.nodeLook(CKG.nodes.get(id), bright, shown.nodes)));
    const measure = document.createElement("canvas").getContext("2d");
    const {placed, size} = CKG.draw.placeLabels(measure, 1);
    for (const label of placed) {
      svg.append(element("text", {x: label.x, y: label.y, "font-size": size, "text-anchor": "middle", "dominant-baseline": "central", fill: CKG.draw.ink(),
        stroke: CKG.draw.paper(), "stroke-width": 3, "paint-order": "stroke", opacity: label.dim ? 0.25 : 1}, label.text));
    }
    return svg;
  }

  const svgText = () => new XMLSerializer().serializeToString(picture());
  const svg = () => offer(new Blob([svgText()], {type: "image/svg+xml"}), fileName("svg"));

  return {png, svg, svgText, picture, onPaper};
})();
