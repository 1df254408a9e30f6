"use strict";
/* The picture: vis-network with positions given; our own labels, of constant size and never on top of each other. */
CKG.draw = (() => {
  const {data, nodes, edges, lines, state, placeName, statusOf} = CKG;
  const DASHES = [false, [9, 5], [2, 4], [13, 4, 2, 4], [4, 3], [16, 6], [6, 3, 2, 3]];
  const COLOURS = {
    light: ["#0072B2", "#D55E00", "#00795A", "#AA3377", "#7A6A00", "#4B5BA8", "#8A4B08"],
    dark: ["#56B4E9", "#FF8A3D", "#2BD4A0", "#E58AB5", "#D9C24A", "#A6B4FF", "#E0A15A"],
  };
  const ROLE_COLOURS = {
    light: {supporter: "#0072B2", recipient: "#E69F00", both: "#8c8c8c", party: "#5b8db0", participant: "#b5b5b5", container: "#8c8c8c"},
    dark: {supporter: "#56B4E9", recipient: "#F0B43C", both: "#9a9a9a", party: "#7ea9c4", participant: "#6f7780", container: "#9a9a9a"},
  };
  const SHAPES = {supporter: "dot", recipient: "diamond", both: "triangle", party: "square", participant: "dot", container: "square"};
  /* status is told by weight, paleness and arrowhead; dashes tell programmes, but for the dots of the undated */
  const STATUS_LOOKS = {certain: {width: 2.8, opacity: 1}, possible: {width: 1.2, opacity: 0.6}, undated: {width: 1.6, opacity: 0.55, dash: [1, 6]}};
  const LABEL_SIZE = 13;
  // pixels that a selected party keeps from the edge of what is seen, for its label
  const EDGE_ROOM = 40;
  const edgesOf = (programme) => data.edges.filter((edge) => edge.programme === programme.id).length;
  const ranked = [...data.programmes].sort((a, b) => edgesOf(b) - edgesOf(a) || (a.id < b.id ? -1 : 1));
  const order = new Map(ranked.map((programme, index) => [programme.id, index]));
  let network, visNodes, visEdges;
  let drawnState = new Map();
  const LINE = "line:";   // what the id of a gathered line begins with in vis

  const theme = () => document.documentElement.dataset.theme;
  const ink = () => getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
  const paper = () => getComputedStyle(document.documentElement).getPropertyValue("--stage").trim();
  const programmeColour = (id) => COLOURS[theme()][order.get(id) % COLOURS.light.length];
  /* when the colours are used up they come again with other dashes */
  const programmeDash = (id) => DASHES[(order.get(id) + Math.floor(order.get(id) / COLOURS.light.length)) % DASHES.length];
  const faded = (colour, alpha) => colour + Math.round(alpha * 255).toString(16).padStart(2, "0");

  /* ids that stay bright when something is selected; null when nothing is */
  function lit() {
    const {selected} = state;
    if (selected === null) return null;
    if (selected.kind === "programme") {
      return new Set(data.edges.filter((edge) => edge.programme === selected.id).flatMap((edge) => [edge.id, edge.from, edge.to]));
    }
    // the chosen one and what opens under it
    const own = data.edges.filter((edge) => CKG.isOpened(edge, state));
    const self = selected.kind === "node" ? [selected.id] : [];
    const gathered = [...lines.values()].filter((line) => line.id === selected.id || [line.from, line.to].includes(selected.id));
    return new Set([...self, ...own.flatMap((edge) => [edge.id, edge.from, edge.to]), ...gathered.flatMap((line) => [LINE + line.id, line.from, line.to])]);
  }

  /* edges between the same two places are bent apart */
  const bends = new Map();
  for (const edge of [...data.edges, ...lines.values()]) {
    const key = [edge.from, edge.to].sort().join("\u0000");
    if (!bends.has(key)) bends.set(key, []);
    bends.get(key).push(edge.id);
  }
  function bend(edge) {
    const peers = bends.get([edge.from, edge.to].sort().join("\u0000"));
    const index = peers.indexOf(edge.id);
    const side = (index % 2 === 0) === (edge.from < edge.to) ? "curvedCW" : "curvedCCW";
    return {enabled: true, type: side, roundness: 0.12 + 0.14 * Math.floor(index / 2) + (peers.length > 1 ? 0.06 : 0)};
  }

  /* the curve of an edge in the chosen layout: its control point, and where it meets the node it points to */
  function curve(edge, gap = 13) {
    const from = nodes.get(edge.from).at[state.layout], to = nodes.get(edge.to).at[state.layout];
    const {type, roundness} = bend(edge);
    const side = type === "curvedCW" ? 1 : -1;
    const middle = [(from[0] + to[0]) / 2 + side * (to[1] - from[1]) * roundness, (from[1] + to[1]) / 2 - side * (to[0] - from[0]) * roundness];
    const length = Math.hypot(to[0] - middle[0], to[1] - middle[1]) || 1;
    const end = [to[0] - (to[0] - middle[0]) / length * gap, to[1] - (to[1] - middle[1]) / length * gap];
    return {from, middle, end, angle: Math.atan2(end[1] - middle[1], end[0] - middle[0])};
  }

  /* width by money: the area of a line, not its width, grows with the amount, so that small ones stay visible */
  const WIDEST = 14;
  const most = () => Math.max(1, ...data.edges.flatMap((edge) => Object.values((edge.amounts || {})[state.widthBy] || {}).map((amount) => amount.value || 0)));
  let mostOf = {measure: null, value: 1};
  function widthOf(value) {
    if (mostOf.measure !== state.widthBy) mostOf = {measure: state.widthBy, value: most()};
    return 1.5 + (WIDEST - 1.5) * Math.sqrt(value / mostOf.value);
  }
  function widthSteps() {
    widthOf(1);
    const top = 10 ** Math.floor(Math.log10(mostOf.value));
    return [top / 100, top / 10, top];
  }
  const yuan = (value) => (state.lang === "zh" ? (value >= 1e8 ? `${value / 1e8}亿元` : value >= 1e4 ? `${value / 1e4}万元` : `${value}元`)
    : value >= 1e9 ? `CNY ${value / 1e9} billion` : value >= 1e6 ? `CNY ${value / 1e6} million` : `CNY ${value.toLocaleString("en")}`);
  function moneyLook(edge) {
    const amount = CKG.amountOf(edge);
    if (!amount) return {width: 1, dashes: [1, 5]};
    return amount.several ? {width: 1, dashes: [6, 4]} : {width: widthOf(amount.value), dashes: programmeDash(edge.programme)};
  }

  function edgeLook(edge, bright) {
    const status = statusOf(edge);
    const dim = bright !== null && !bright.has(edge.id);
    const chosen = state.selected !== null && state.selected.id === edge.id;
    const colour = faded(programmeColour(edge.programme), dim ? 0.14 : (STATUS_LOOKS[status] || STATUS_LOOKS.certain).opacity);
    return {
      id: edge.id, from: edge.from, to: edge.to, hidden: !CKG.isShown(edge),
      color: {color: colour, highlight: colour, hover: colour, inherit: false},
      width: chosen ? 4 : (STATUS_LOOKS[status] || STATUS_LOOKS.certain).width,
      dashes: status === "undated" ? STATUS_LOOKS.undated.dash : programmeDash(edge.programme),
      arrows: {to: {enabled: edge.directed, scaleFactor: state.widthBy ? 0.45 : 0.6, type: status === "certain" ? "arrow" : "vee"}},
      smooth: bend(edge), chosen: false,
      ...(state.widthBy ? moneyLook(edge) : {}),
    };
  }

  /* a gathered line is wide and pale and says how many pairings it stands for */
  function lineLook(line, held, bright) {
    const dim = bright !== null && !bright.has(LINE + line.id);
    const chosen = state.selected !== null && state.selected.id === line.id;
    const colour = faded(programmeColour(line.programme), dim ? 0.1 : 0.45);
    return {
      id: LINE + line.id, from: line.from, to: line.to, hidden: !held.length || line.from === line.to,
      color: {color: colour, highlight: colour, hover: colour, inherit: false}, width: (chosen ? 3 : 1.5) + Math.sqrt(held.length) * 0.8, dashes: programmeDash(line.programme),
      arrows: {to: {enabled: line.directed, scaleFactor: 0.5, type: "vee"}}, smooth: bend(line), chosen: false,
      label: dim || held.length < 2 ? "" : String(held.length), font: {size: LABEL_SIZE, color: ink(), strokeWidth: 4, strokeColor: paper(), align: "middle"},
    };
  }

  function nodeLook(node, bright, shownNodes) {
    const role = CKG.roleOf(node);
    const dim = bright !== null && !bright.has(node.id);
    const colour = faded(ROLE_COLOURS[theme()][role], dim ? 0.2 : 1);
    const chosen = state.selected !== null && state.selected.id === node.id;
    const [x, y] = node.at[state.layout];
    const size = role === "participant" ? 5 : node.level === "province" ? 11 : 8;
    return {
      id: node.id, x, y, hidden: !shownNodes.has(node.id), shape: SHAPES[role], size: (chosen ? size + 3 : size) * (SHAPES[role] === "square" ? 0.8 : 1),
      color: {background: node.kind === "anonymous" ? paper() : colour, border: chosen ? ink() : colour},
      borderWidth: chosen || node.kind === "anonymous" ? 2.5 : 1, chosen: false,
      shapeProperties: {borderDashes: node.kind === "anonymous" ? [3, 2] : false},
    };
  }

  /* sends vis only what differs from what it has; what was never shown it need not have */
  function send(set, looks) {
    const changed = looks.filter((look) => (!look.hidden || drawnState.has(look.id)) && drawnState.get(look.id) !== JSON.stringify(look));
    for (const look of changed) drawnState.set(look.id, JSON.stringify(look));
    if (changed.length) set.update(changed);
    return changed.length;
  }

  function update() {
    const bright = lit();
    const shown = CKG.shown();
    const sent = send(visNodes, data.nodes.map((node) => nodeLook(node, bright, shown.nodes)))
      + send(visEdges, data.edges.map((edge) => edgeLook(edge, bright)))
      + send(visEdges, [...lines.values()].map((line) => lineLook(line, shown.held.get(line.id) || [], bright)));
    if (!sent) network.redraw();
  }

  /* the party that is selected, or both of the tie */
  function selectedEnds() {
    const {selected} = state;
    const tie = selected && (selected.kind === "edge" ? CKG.edges.get(selected.id) : lines.get(selected.id));
    return tie ? [tie.from, tie.to] : selected && selected.kind === "node" ? [selected.id] : [];
  }

  /* boxes by the squares of a grid that they reach into, so that those near a place are found without asking all */
  function grid(side) {
    const squares = new Map();
    function eachSquare(box, act) {
      for (let i = Math.floor(box.x0 / side); i * side <= box.x1; i += 1) for (let j = Math.floor(box.y0 / side); j * side <= box.y1; j += 1) if (act(`${i},${j}`)) return true;
      return false;
    }
    return {
      add: (box) => void eachSquare(box, (at) => {
        if (squares.has(at)) squares.get(at).push(box); else squares.set(at, [box]);
        return false;
      }),
      /* whether some box lies over this one, but for that of the node itself */
      covers: (box, own) => eachSquare(box, (at) => (squares.get(at) || []).some((other) => overlaps(box, other, own))),
    };
  }

  /* what the labels are chosen by, which stays as long as what is shown: who comes first, and where arrowheads are */
  let ordered = {of: null};
  function labelOrder() {
    const shown = CKG.shown();
    if (ordered.of === shown) return ordered;
    const bright = lit();
    const degree = new Map();
    for (const edge of [...shown.edges, ...[...shown.held.keys()].map((id) => lines.get(id))]) for (const end of [edge.from, edge.to]) degree.set(end, (degree.get(end) || 0) + 1);
    const chosen = selectedEnds();
    const rank = new Map(data.nodes.map((node) => [node.id, (chosen.includes(node.id) ? 1e6 : 0) + (bright && bright.has(node.id) ? 1e4 : 0) + (degree.get(node.id) || 0)]));
    const candidates = data.nodes.filter((node) => shown.nodes.has(node.id)).sort((a, b) => rank.get(b.id) - rank.get(a.id) || (a.id < b.id ? -1 : 1))
      .map((node) => ({node, text: labelOf(node), at: node.at[state.layout], dim: bright !== null && !bright.has(node.id), isChosen: chosen.includes(node.id)}));
    // an arrowhead says who supports whom: no label may cover it
    const arrows = shown.edges.filter((edge) => edge.directed).map((edge) => ({...box(curve(edge, 17).end, 7, 7), own: null}));
    return (ordered = {of: shown, candidates, arrows});
  }

  /* widths of texts in the font that was last used */
  let measured = {font: "", widths: new Map()};
  function widthsIn(ctx, font) {
    ctx.font = font;
    if (measured.font !== font) measured = {font, widths: new Map()};
    return (text) => {
      if (!measured.widths.has(text)) measured.widths.set(text, ctx.measureText(text).width);
      return measured.widths.get(text);
    };
  }

  /* labels: greedy, the selected and the best tied first; below, right, left, above; what does not fit is left out */
  function placeLabels(ctx, scale, view = null) {
    const {candidates, arrows} = labelOrder();
    const size = LABEL_SIZE / scale;
    const widthOfText = widthsIn(ctx, `${size}px ${getComputedStyle(document.body).fontFamily}`);
    const taken = grid(4 * size), labelled = grid(4 * size);
    for (const {node, at} of candidates) taken.add({...box(at, 9 / scale, 9 / scale), own: node.id});
    for (const arrow of arrows) taken.add(arrow);
    const placed = [];
    for (const {node, text, at: [x, y], dim, isChosen} of candidates) {
      const half = widthOfText(text) / 2;
      const gap = 13 / Math.max(scale, 0.6);
      const spots = spotsFor(node, x, y, half, size, gap).filter((spot) => isWhole(spot, view));
      const spot = spots.find((s) => !taken.covers(s, node.id))
        // what is selected has its name, be it over a mark
        || (isChosen ? spots.find((s) => !labelled.covers(s, node.id)) : null);
      if (!spot) continue;
      taken.add(spot);
      labelled.add(spot);
      placed.push({node, text, x: (spot.x0 + spot.x1) / 2, y: (spot.y0 + spot.y1) / 2, ...spot, dim});
    }
    return {placed, size};
  }

  /* a label that the edge of the picture would cut is set on another side, or left out */
  const isWhole = (spot, view) => view === null || (spot.x0 >= view.x0 && spot.x1 <= view.x1 && spot.y0 >= view.y0 && spot.y1 <= view.y1);
  const box = ([x, y], w, h) => ({x0: x - w, x1: x + w, y0: y - h, y1: y + h});
  const overlaps = (a, b, own) => b.own !== own && a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

  function spotsFor(node, x, y, half, size, gap) {
    const at = (cx, cy) => ({x0: cx - half, x1: cx + half, y0: cy - size * 0.6, y1: cy + size * 0.6});
    const below = at(x, y + gap + size * 0.6), above = at(x, y - gap - size * 0.6);
    const right = at(x + gap + half, y), left = at(x - gap - half, y);
    if (state.layout === "columns") {
      const role = CKG.roleOf(node);
      if (role === "supporter") return [left, below, above];
      if (role === "recipient") return [right, below, above];
      return [right, left, below, above];
    }
    return [below, right, left, above];
  }

  function labelOf(node) {
    const full = placeName(node.id);
    return state.lang === "zh" ? full.replace(/(壮族|回族|维吾尔)?自治区$|特别行政区$/, "").replace(/([^省市]{2,})[省市]$/, "$1") : full;
  }

  function drawLabels(ctx) {
    const scale = network.getScale();
    const stage = document.getElementById("stage");
    const [first, last] = [network.DOMtoCanvas({x: 0, y: 0}), network.DOMtoCanvas({x: stage.clientWidth, y: stage.clientHeight})];
    const {placed, size} = placeLabels(ctx, scale, {x0: first.x, y0: first.y, x1: last.x, y1: last.y});
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = size * 0.28;
    ctx.strokeStyle = paper();
    ctx.fillStyle = ink();
    for (const label of placed) {
      ctx.globalAlpha = label.dim ? 0.25 : 1;
      ctx.strokeText(label.text, label.x, label.y);
      ctx.fillText(label.text, label.x, label.y);
    }
    ctx.globalAlpha = 1;
    CKG.labels = placed.map((label) => ({text: label.text, x0: label.x0, x1: label.x1, y0: label.y0, y1: label.y1}));
  }

  /* everything shown, with room for the labels, which keep their size whatever the scale */
  function fit(animate = true) {
    const shown = [...CKG.shown().nodes].map((id) => nodes.get(id));
    if (!shown.length) return;
    const stage = document.getElementById("stage").getBoundingClientRect();
    const ctx = document.createElement("canvas").getContext("2d");
    ctx.font = `${LABEL_SIZE}px ${getComputedStyle(document.body).fontFamily}`;
    const room = (node) => ctx.measureText(labelOf(node)).width / (state.layout === "columns" ? 1 : 2) + 26;
    const xs = shown.map((node) => node.at[state.layout][0]), ys = shown.map((node) => node.at[state.layout][1]);
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const widest = (edge) => Math.min(stage.width * 0.3, Math.max(...shown.filter((node) => Math.abs(node.at[state.layout][0] - edge) < (x1 - x0) * 0.12 + 1).map(room)));
    const [left, right, top, bottom] = [widest(x0), widest(x1), 34, 52];
    const scale = Math.min(1.6, (stage.width - left - right) / Math.max(x1 - x0, 1), (stage.height - top - bottom) / Math.max(y1 - y0, 1));
    const smooth = animate && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    network.moveTo({scale, position: {x: (x0 + x1) / 2 + (right - left) / 2 / scale, y: (y0 + y1) / 2 + (bottom - top) / 2 / scale},
      animation: smooth ? {duration: 300} : false});
  }

  /* what is selected, brought into what the panel leaves free of the stage: on a phone the panel lies over it */
  function reveal() {
    const ends = selectedEnds().filter((id) => visNodes.get(id) !== null);
    if (!ends.length) return;
    const stage = document.getElementById("stage").getBoundingClientRect();
    const panel = document.getElementById("panel").getBoundingClientRect();
    const covered = panel.left < stage.right && panel.right > stage.left && panel.top > stage.top ? Math.max(0, stage.bottom - panel.top) : 0;
    const [width, height] = [stage.width, stage.height - covered];
    const seen = ends.map((id) => network.canvasToDOM({x: nodes.get(id).at[state.layout][0], y: nodes.get(id).at[state.layout][1]}));
    if (height <= 2 * EDGE_ROOM || seen.every((at) => at.x > EDGE_ROOM && at.x < width - EDGE_ROOM && at.y > EDGE_ROOM && at.y < height - EDGE_ROOM)) return;
    const xs = ends.map((id) => nodes.get(id).at[state.layout][0]), ys = ends.map((id) => nodes.get(id).at[state.layout][1]);
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const room = (long, length) => (long - 2 * EDGE_ROOM) / Math.max(length, 1);
    const scale = Math.min(Math.max(network.getScale(), 1), room(width, x1 - x0), room(height, y1 - y0));
    network.moveTo({scale, position: {x: (x0 + x1) / 2, y: (y0 + y1) / 2 + covered / 2 / scale}, animation: false});
  }

  /* afterFirst: what is done once the first picture is there */
  function start(afterFirst) {
    visNodes = new vis.DataSet();
    visEdges = new vis.DataSet();
    network = new vis.Network(document.getElementById("stage"), {nodes: visNodes, edges: visEdges}, {
      physics: false, layout: {randomSeed: 1, improvedLayout: false}, autoResize: true,
      nodes: {font: {size: 0}, fixed: false}, edges: {selectionWidth: 0, hoverWidth: 0},
      interaction: {dragNodes: false, hover: false, keyboard: false, tooltipDelay: 1e6, selectConnectedEdges: false, multiselect: false},
    });
    network.on("afterDrawing", drawLabels);
    network.on("click", (event) => {
      const node = event.nodes[0], edge = event.edges[0];
      const chosen = edge && (edge.startsWith(LINE) ? {kind: "line", id: edge.slice(LINE.length)} : {kind: "edge", id: edge});
      CKG.change({selected: node ? {kind: "node", id: node} : chosen || null});
    });
    update();
    fit(false);
    network.once("afterDrawing", afterFirst);
    CKG.network = network;
    CKG.visEdges = visEdges;
    CKG.visNodes = visNodes;
  }

  function zoom(factor) {
    network.moveTo({scale: Math.min(4, Math.max(0.15, network.getScale() * factor))});
  }

  return {start, update, fit, reveal, zoom, widthOf, widthSteps, yuan, curve, STATUS_LOOKS, programmeColour, programmeDash, lineLook, roleColour: (role) => ROLE_COLOURS[theme()][role], SHAPES, edgeLook, nodeLook,
    bend, lit, labelOf, placeLabels, paper, ink, forget: () => { drawnState = new Map(); }, net: () => network};
})();
