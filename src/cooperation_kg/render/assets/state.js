"use strict";
/* What is chosen in the page, and its copy in the address: #y=2018&lay=columns&sel=e:…

   The page looks statuses up and computes none: those of every year, and those of the one month, day or interval that
   it was made for (data.as_of). */
const CKG = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const LAYOUTS = ["geographic", "columns", "force"];
  const LAYERS = ["certain", "possible", "undated", "participants"];

  const initial = () => ({
    year: data.as_of && !data.as_of.on_slider ? "asked" : data.year_default,      // a number, "all", or "asked": data.as_of
    layout: "geographic",
    hiddenProgrammes: new Set(),
    hiddenLevels: new Set(data.levels_closed),   // a big network opens with its upper levels
    hiddenLayers: new Set(data.as_of ? data.as_of.hidden : []),
    selected: null,               // {kind: "node" | "edge", id}
    lang: data.lang,
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
    if (selected.kind === "edge") {
      for (let wider = edge; wider; wider = edges.get(wider.implements)) if (wider.id === selected.id) return true;
    }
    if (selected.kind === "node") {
      return [edge.from, edge.to].some((party) => party === selected.id || nodes.get(party).inside.includes(selected.id));
    }
    return false;
  }

  function isShown(edge, filters = state) {
    const status = statusOf(edge);
    return status !== "absent" && !filters.hiddenLayers.has(status) && !filters.hiddenProgrammes.has(edge.programme)
      && (![edge.from, edge.to].some((party) => filters.hiddenLevels.has(nodes.get(party).level)) || isOpened(edge, filters));
  }

  function shown() {
    const shownEdges = data.edges.filter((edge) => isShown(edge));
    const shownNodes = new Set(shownEdges.flatMap((edge) => [edge.from, edge.to]));
    if (!state.hiddenLayers.has("participants")) {
      for (const node of data.nodes) {
        if (node.roles.includes("participant") && !state.hiddenLevels.has(node.level)) shownNodes.add(node.id);
      }
    }
    return {edges: shownEdges, nodes: shownNodes};
  }

  /* how many pairings a filter entry stands for, with every other filter as it is */
  function countWith(filter, value, test) {
    const without = {...state, [filter]: new Set([...state[filter]].filter((hidden) => hidden !== value))};
    return data.edges.filter((edge) => test(edge) && isShown(edge, without)).length;
  }

  function roleOf(node) {
    const has = (role) => node.roles.includes(role);
    if (has("supporter") && has("recipient")) return "both";
    return ["supporter", "recipient", "party"].find(has) || "participant";
  }

  function toHash() {
    const parts = [["y", state.year === "asked" ? data.as_of.text : String(state.year)], ["lay", state.layout], ["lang", state.lang]];
    for (const [key, set] of [["p", state.hiddenProgrammes], ["l", state.hiddenLevels], ["s", state.hiddenLayers]]) {
      const chosen = [...set].sort().join(",");
      const usual = key === "l" ? [...data.levels_closed].sort().join(",") : key === "s" && data.as_of ? [...data.as_of.hidden].sort().join(",") : "";
      if (chosen !== usual) parts.push([key, chosen || "none"]);
    }
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
    const known = [["p", "hiddenProgrammes", data.programmes.map((p) => p.id)],
      ["l", "hiddenLevels", data.level_order], ["s", "hiddenLayers", LAYERS]];
    for (const [key, name, values] of known) {
      if (given.has(key)) state[name] = new Set(given.get(key).split(",").filter((value) => values.includes(value)));
    }
    const [kind, id] = [(given.get("sel") || "")[0], (given.get("sel") || "").slice(2)];
    if (kind === "n" && nodes.has(id)) state.selected = {kind: "node", id};
    if (kind === "e" && edges.has(id)) state.selected = {kind: "edge", id};
    if (kind === "p" && data.programmes.some((p) => p.id === id)) state.selected = {kind: "programme", id};
  }

  function change(changes) {
    Object.assign(state, changes);
    for (const listener of listeners) listener(changes);
    clearTimeout(addressTimer);
    addressTimer = setTimeout(() => history.replaceState(null, "", toHash()), ADDRESS_DELAY_MS);
  }

  return {data, nodes, edges, state, word, said, placeName, yearOf, timeWord, sidesOf, pairingName, statusOf, statusWord, isOpened, isShown, shown, countWith, roleOf, toHash, fromHash, change,
    onChange: (listener) => listeners.push(listener), LAYOUTS, LAYERS};
})();
