"use strict";
/* What is chosen in the page, and its copy in the address: #y=2018&lay=columns&sel=e:…

   The page looks statuses up and computes none: those of every year, and those of the one month, day or interval that
   it was made for (data.as_of). */
const CKG = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  /* In a large network the pairings of closed levels are gathered between what contains them: one line a programme and
     direction. A line that is gathered is drawn while it holds a pairing that is wanted but whose level is closed. */
  const gatheredAt = (id) => nodes.get(id).inside.at(-1) || id;
  const lines = new Map();
  if (data.gathered) {
    for (const edge of data.edges) {
      const ends = [gatheredAt(edge.from), gatheredAt(edge.to)];
      if (!edge.directed) ends.sort();
      edge.line = [...ends, edge.programme, edge.directed ? "to" : "with"].join("~");
      if (!lines.has(edge.line)) lines.set(edge.line, {id: edge.line, from: ends[0], to: ends[1], programme: edge.programme, directed: edge.directed, held: []});
      lines.get(edge.line).held.push(edge);
    }
  }
  const LAYOUTS = ["geographic", "columns", "force"];
  /* what a pairing is in, by filter: it is shown while one of these is ticked */
  const NONE = "none";
  for (const edge of data.edges) {
    const all = [...edge.evidence, ...Object.values(edge.related).flat()].map((index) => data.statements[index]);
    const known = (list) => [...new Set(list.filter(Boolean))].sort();
    const fields = known(all.map((statement) => statement.field));
    const grades = known(edge.evidence.map((index) => data.sources[data.statements[index].source].grade));
    edge.fieldsIn = fields.length ? fields : [NONE];
    edge.gradesIn = grades.length ? grades : [NONE];
  }
  const inUse = (name, order) => [...Object.keys(order || {}), NONE].filter((value) => data.edges.some((edge) => edge[name].includes(value)));
  const FIELDS = inUse("fieldsIn", data.fields), GRADES = inUse("gradesIn", data.grades);
  const MEASURES = data.measures.map((measure) => measure.id);
  const PROGRAMMES = data.programmes.map((programme) => programme.id);
  const LAYERS = ["certain", "possible", "undated", "participants"];

  const initial = () => ({
    year: data.as_of && !data.as_of.on_slider ? "asked" : data.year_default,      // a number, "all", or "asked": data.as_of
    layout: "geographic",
    hiddenProgrammes: new Set(),
    hiddenLevels: new Set(data.levels_closed),   // a big network opens with its upper levels
    hiddenLayers: new Set(data.as_of ? data.as_of.hidden : []),
    hiddenFields: new Set(),
    hiddenGrades: new Set(),
    widthBy: null,                // a measure of money, or null: width tells the status
    only: false,                  // nothing but what is chosen and its neighbours
    selected: null,               // {kind: "node" | "edge", id}
    lang: ["zh", "en"].find((known) => known === new URLSearchParams(location.search).get("lang")) || data.lang,
  });
  const state = initial();
  const listeners = [];
  const ADDRESS_DELAY_MS = 150;   // a browser may refuse to rewrite the address at every step of a slider
  let addressTimer = null;

  function word(key, values = {}) {
    const text = data.words[key][state.lang];
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /* the field of a thing in the chosen language: field "name" of {name_zh, name_en} */
  const said = (thing, field) => thing[`${field}_${state.lang}`] || thing[`${field}_zh`] || "";

  /* the chosen year; of a month, day or interval the year of its last day; null over all years */
  const yearOf = () => (state.year === "all" ? null : state.year === "asked" ? data.as_of.year : state.year);

  /* the chosen time in words: 2018, April 2018, all years */
  const timeWord = () => (state.year === "all" ? word("all-years") : state.year === "asked" ? said(data.as_of, "words") : String(state.year));

  /* a place as it was called on the last day of the chosen year: 郧县（今郧阳区） */
  function placeName(id) {
    const node = nodes.get(id);
    const then = node.yearly_names.find((name) => name.years.includes(yearOf()));
    return then ? then[state.lang] : said(node, "label");
  }

  const isRenamed = (edge) => [edge.from, edge.to].some((id) => placeName(id) !== said(nodes.get(id), "label"));

  /* both parties of a pairing, with the names of the chosen year */
  const sidesOf = (edge) => (isRenamed(edge) ? [edge.from, edge.to].map(placeName).join(edge.directed ? " → " : " — ") : said(edge, "sides"));

  /* a pairing's own name; of one without, both parties */
  const pairingName = (edge) => (said(edge, "name") === said(edge, "sides") ? sidesOf(edge) : said(edge, "name"));

  function statusOf(edge, year = state.year) {
    if (edge.undated) return "undated";
    if (year === "all") return edge.in_force.length ? "certain" : "possible";
    if (year === "asked") return edge.asked;
    if (edge.in_force.includes(year)) return "certain";
    return edge.possibly.includes(year) ? "possible" : "absent";
  }

  /* over all years a pairing is not certain or possible: it has such years */
  const statusWord = (edge) => word(state.year === "all" && !edge.undated ? `${statusOf(edge)}-all` : statusOf(edge));

  /* what lies below the chosen pairing or place opens under it, be its level hidden or not */
  function isOpened(edge, {selected}) {
    if (selected === null) return false;
    if (selected.kind === "line") return edge.line === selected.id;
    if (selected.kind === "edge") {
      for (let wider = edge; wider; wider = edges.get(wider.implements)) if (wider.id === selected.id) return true;
    }
    if (selected.kind === "node") {
      return [edge.from, edge.to].some((party) => party === selected.id || nodes.get(party).inside.includes(selected.id));
    }
    return false;
  }

  /* what is chosen and what is tied to it, where nothing else is wanted */
  function isInFocus(edge, {selected, only}) {
    if (!only || selected === null) return true;
    if (selected.kind === "programme") return edge.programme === selected.id;
    if (selected.kind === "line") return edge.line === selected.id;
    const chosen = selected.kind === "edge" ? edges.get(selected.id) : null;
    return isOpened(edge, {selected}) || (chosen !== null && [chosen.from, chosen.to].some((party) => party === edge.from || party === edge.to));
  }

  /* the amount that the width of a line shows; undefined where none is stated */
  const amountOf = (edge) => (((edge.amounts || {})[state.widthBy] || {})[state.year === "all" ? "all" : String(yearOf())]);

  const isAllHidden = (values, hidden) => hidden.size > 0 && values.every((value) => hidden.has(value));

  /* all filters but that of levels */
  function isWanted(edge, filters = state) {
    const status = statusOf(edge);
    return status !== "absent" && !filters.hiddenLayers.has(status) && !filters.hiddenProgrammes.has(edge.programme) && isInFocus(edge, filters)
      && !isAllHidden(edge.fieldsIn, filters.hiddenFields) && !isAllHidden(edge.gradesIn, filters.hiddenGrades);
  }

  const isOpen = (edge, filters = state) => !filters.hiddenLevels.has(nodes.get(edge.from).level) && !filters.hiddenLevels.has(nodes.get(edge.to).level);
  const isShown = (edge, filters = state) => isWanted(edge, filters) && (isOpen(edge, filters) || isOpened(edge, filters));

  /* the gathered lines that stand for something now, and the pairings that each stands for; those inside one place are no line */
  function gathered() {
    const found = new Map();
    if (data.gathered) {
      for (const edge of data.edges) {
        if (isOpen(edge) || isOpened(edge, state) || !isWanted(edge)) continue;
        if (!found.has(edge.line)) found.set(edge.line, []);
        found.get(edge.line).push(edge);
      }
    }
    return found;
  }

  /* what the picture and the table show; worked out once after each change */
  let asShown = null;
  const shown = () => (asShown = asShown || workOut());

  function workOut() {
    const shownEdges = data.edges.filter((edge) => isShown(edge));
    const shownNodes = new Set(shownEdges.flatMap((edge) => [edge.from, edge.to]));
    const held = gathered();
    for (const id of held.keys()) for (const end of [lines.get(id).from, lines.get(id).to]) shownNodes.add(end);
    if (state.selected && state.selected.kind === "line") for (const end of [lines.get(state.selected.id).from, lines.get(state.selected.id).to]) shownNodes.add(end);
    if (state.only && state.selected && state.selected.kind === "node") shownNodes.add(state.selected.id);
    else if (!state.hiddenLayers.has("participants")) {
      for (const node of data.nodes) {
        if (node.roles.includes("participant") && !state.hiddenLevels.has(node.level)) shownNodes.add(node.id);
      }
    }
    return {edges: shownEdges, nodes: shownNodes, held};
  }

  /* by value of a filter how many pairings it stands for, with every other filter as it is */
  function countsOf(filter, valuesOf) {
    const without = {...state, [filter]: new Set()};
    const counts = new Map();
    for (const edge of data.edges) {
      if (data.gathered ? isWanted(edge, without) : isShown(edge, without)) for (const value of valuesOf(edge)) counts.set(value, (counts.get(value) || 0) + 1);
    }
    return counts;
  }

  function roleOf(node) {
    const has = (role) => node.roles.includes(role);
    if (node.kind === "container") return "container";
    if (has("supporter") && has("recipient")) return "both";
    return ["supporter", "recipient", "party"].find(has) || "participant";
  }

  /* a page of the site in the chosen language; null where the network stands alone */
  function pageOf(path) {
    if (!data.site_links) return null;
    const [page, mark] = path.split("#");
    return `${page}?lang=${state.lang}${mark === undefined ? "" : `#${mark}`}`;
  }

  function toHash() {
    const parts = [["y", state.year === "asked" ? data.as_of.text : String(state.year)], ["lay", state.layout], ["lang", state.lang]];
    const open = PROGRAMMES.filter((id) => !state.hiddenProgrammes.has(id));
    const isOne = PROGRAMMES.length > 2 && open.length === 1;   // a view of one programme says which
    if (isOne) parts.push(["prog", open[0]]);
    for (const [key, set] of [...(isOne ? [] : [["p", state.hiddenProgrammes]]), ["f", state.hiddenFields], ["g", state.hiddenGrades], ["l", state.hiddenLevels], ["s", state.hiddenLayers]]) {
      const chosen = [...set].sort().join(",");
      const usual = key === "l" ? [...data.levels_closed].sort().join(",") : key === "s" && data.as_of ? [...data.as_of.hidden].sort().join(",") : "";
      if (chosen !== usual) parts.push([key, chosen || "none"]);
    }
    if (state.widthBy) parts.push(["w", state.widthBy]);
    if (state.only && state.selected) parts.push(["only", "1"]);
    if (state.selected) parts.push(["sel", `${state.selected.kind[0]}:${state.selected.id}`]);
    return "#" + parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  }

  function fromHash(hash) {
    Object.assign(state, initial());
    const given = new URLSearchParams(hash.replace(/^#/, ""));
    const year = given.get("y");
    if (year === "all") state.year = "all";
    else if (data.as_of && !data.as_of.on_slider && year === data.as_of.text) state.year = "asked";
    else if (/^\d{4}$/.test(year || "")) state.year = Math.min(data.horizon, Math.max(data.first_year, Number(year)));
    if (LAYOUTS.includes(given.get("lay"))) state.layout = given.get("lay");
    if (["zh", "en"].includes(given.get("lang"))) state.lang = given.get("lang");
    if (PROGRAMMES.includes(given.get("prog"))) state.hiddenProgrammes = new Set(PROGRAMMES.filter((id) => id !== given.get("prog")));
    if (MEASURES.includes(given.get("w"))) state.widthBy = given.get("w");
    const known = [["p", "hiddenProgrammes", PROGRAMMES], ["f", "hiddenFields", FIELDS], ["g", "hiddenGrades", GRADES],
      ["l", "hiddenLevels", data.level_order], ["s", "hiddenLayers", LAYERS]];
    for (const [key, name, values] of known) {
      if (given.has(key)) state[name] = new Set(given.get(key).split(",").filter((value) => values.includes(value)));
    }
    const [kind, id] = [(given.get("sel") || "")[0], (given.get("sel") || "").slice(2)];
    if (kind === "n" && nodes.has(id)) state.selected = {kind: "node", id};
    if (kind === "e" && edges.has(id)) state.selected = {kind: "edge", id};
    if (kind === "l" && lines.has(id)) state.selected = {kind: "line", id};
    if (kind === "p" && data.programmes.some((p) => p.id === id)) state.selected = {kind: "programme", id};
    state.only = given.get("only") === "1" && state.selected !== null;
    asShown = null;
  }

  function change(changes) {
    Object.assign(state, changes);
    if (state.selected === null) state.only = false;
    asShown = null;
    for (const listener of listeners) listener(changes);
    clearTimeout(addressTimer);
    addressTimer = setTimeout(() => history.replaceState(null, "", toHash()), ADDRESS_DELAY_MS);
  }

  /* both ends of a gathered line */
  const lineName = (line) => [line.from, line.to].map(placeName).join(line.directed ? " → " : " — ");

  return {data, nodes, edges, lines, lineName, state, word, said, placeName, yearOf, timeWord, sidesOf, pairingName, statusOf, statusWord, isOpen, isOpened, isWanted, isShown, shown, countsOf, amountOf, pageOf, roleOf, toHash, fromHash, change,
    onChange: (listener) => listeners.push(listener), LAYOUTS, LAYERS, FIELDS, GRADES, PROGRAMMES, NONE};
})();
