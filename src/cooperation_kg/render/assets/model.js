/* What is shown? The state, its link (URL hash), and which pairings and parties follow from it. */
(function () {
  "use strict";
  const { data, nodes, edges } = CKG;
  const LEVEL_ORDER = ["province", "prefecture", "county", "township", "zone", "area", "organisation"];
  const LAYOUTS = ["geographic", "columns", "force"];

  const used = (list) => [...new Set(list)];
  CKG.usedProgrammes = data.programmes.map((p) => p.id).filter((id) => data.edges.some((e) => e.programme === id));
  CKG.idleProgrammes = data.programmes.filter((p) => !CKG.usedProgrammes.includes(p.id));
  const rank = (level) => (LEVEL_ORDER.indexOf(level) + LEVEL_ORDER.length + 1) % (LEVEL_ORDER.length + 1);
  CKG.usedLevels = used(data.nodes.map((n) => n.level)).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  CKG.degree = new Map(data.nodes.map((n) => [n.id, 0]));
  for (const edge of data.edges) for (const end of [edge.source, edge.target]) CKG.degree.set(end, CKG.degree.get(end) + 1);

  const defaults = () => ({
    year: data.year_default, all: false, undated: true, names: true, quiet: true,
    programmes: new Set(CKG.usedProgrammes), levels: new Set(CKG.usedLevels),
    layout: "geographic", pairing: "", place: "", lang: data.lang, theme: "",
  });

  const clampYear = (text) => {
    const year = Number.parseInt(text, 10);
    if (Number.isNaN(year)) return data.year_default;
    return Math.min(data.horizon, Math.max(data.first_year, year));
  };
  const someOf = (text, allowed) => new Set(text.split(",").filter((id) => allowed.includes(id)));
  const flag = (params, name, normal) => (params.has(name) ? params.get(name) !== "0" : normal);

  /* Read a link; whatever it names that is not here is left at its default. */
  CKG.readHash = function (hash) {
    const params = new URLSearchParams(hash.replace(/^#/, ""));
    const state = defaults();
    if (params.has("year")) state.year = clampYear(params.get("year"));
    for (const name of ["all", "undated", "names", "quiet"]) state[name] = flag(params, name, state[name]);
    if (params.has("programmes")) state.programmes = someOf(params.get("programmes"), CKG.usedProgrammes);
    if (params.has("levels")) state.levels = someOf(params.get("levels"), CKG.usedLevels);
    if (LAYOUTS.includes(params.get("layout"))) state.layout = params.get("layout");
    if (edges.has(params.get("pairing"))) state.pairing = params.get("pairing");
    else if (nodes.has(params.get("place"))) state.place = params.get("place");
    if (["zh", "en"].includes(params.get("lang"))) state.lang = params.get("lang");
    if (["dark", "light"].includes(params.get("theme"))) state.theme = params.get("theme");
    return state;
  };

  CKG.writeHash = function (state) {
    const normal = defaults();
    const params = new URLSearchParams();
    for (const name of ["year", "layout", "pairing", "place", "lang", "theme"])
      if (state[name] !== normal[name]) params.set(name, state[name]);
    for (const name of ["all", "undated", "names", "quiet"]) if (state[name] !== normal[name]) params.set(name, state[name] ? "1" : "0");
    for (const [name, all] of [["programmes", CKG.usedProgrammes], ["levels", CKG.usedLevels]])
      if (state[name].size !== all.length) params.set(name, all.filter((id) => state[name].has(id)).join(","));
    return params.toString().replaceAll("%2C", ",");
  };

  /* certain | possible | undated | none, looked up and never worked out. */
  CKG.statusIn = function (edge, year) {
    if (edge.undated) return "undated";
    if (edge.in_force.includes(year)) return "certain";
    return edge.possibly.includes(year) ? "possible" : "none";
  };
  CKG.status = function (edge, state) {
    if (edge.undated || !state.all) return CKG.statusIn(edge, state.year);
    if (edge.in_force.length) return "certain";
    return edge.possibly.length ? "possible" : "undated";
  };

  CKG.years = function (edge) {
    const all = [...edge.in_force, ...edge.possibly];
    return all.length ? [Math.min(...all), Math.max(...all)] : null;
  };

  CKG.statusWords = function (edge, year) {
    const status = CKG.statusIn(edge, year);
    if (status !== "none") return CKG.t("words_" + status);
    const span = CKG.years(edge);
    if (!span) return CKG.t("words_undated");
    if (year < span[0]) return CKG.t("words_before", { y: span[0] });
    return year > span[1] ? CKG.t("words_after", { y: span[1] }) : CKG.t("words_between");
  };

  const levelOn = (edge, state) => [edge.source, edge.target].every((end) => state.levels.has(nodes.get(end).level));
  const layerOn = (edge, state) => {
    const status = CKG.status(edge, state);
    return status === "undated" ? state.undated : status !== "none";
  };

  /* The drawn set: pairings with their status, parties with a pairing, quiet parties. */
  CKG.view = function (state) {
    const shown = new Map();
    const busy = new Set();
    const perProgramme = new Map(CKG.usedProgrammes.map((id) => [id, 0]));
    for (const edge of data.edges) {
      if (!layerOn(edge, state) || !levelOn(edge, state)) continue;
      perProgramme.set(edge.programme, perProgramme.get(edge.programme) + 1);
      if (!state.programmes.has(edge.programme)) continue;
      shown.set(edge.id, CKG.status(edge, state));
      busy.add(edge.source).add(edge.target);
    }
    const quiet = new Set(state.quiet ? data.nodes.filter((n) => !busy.has(n.id) && state.levels.has(n.level)).map((n) => n.id) : []);
    if (state.place && !busy.has(state.place)) quiet.add(state.place);
    return { shown, busy, quiet, perProgramme, perLevel: countLevels(state), lit: litSet(state, shown) };
  };

  function countLevels(state) {
    const counts = new Map(CKG.usedLevels.map((level) => [level, new Set()]));
    for (const edge of data.edges) {
      if (!layerOn(edge, state) || !state.programmes.has(edge.programme)) continue;
      for (const end of [edge.source, edge.target]) counts.get(nodes.get(end).level).add(end);
    }
    return new Map([...counts].map(([level, set]) => [level, set.size]));
  }

  /* With a selection, only it and what touches it stay bright. */
  function litSet(state, shown) {
    if (state.pairing) {
      const edge = edges.get(state.pairing);
      return { edges: new Set([edge.id]), nodes: new Set([edge.source, edge.target]) };
    }
    if (!state.place) return null;
    const touching = data.edges.filter((e) => shown.has(e.id) && (e.source === state.place || e.target === state.place));
    return { edges: new Set(touching.map((e) => e.id)), nodes: new Set([state.place, ...touching.flatMap((e) => [e.source, e.target])]) };
  }

  CKG.levelName = (level) => (data.messages["level_" + level] ? CKG.t("level_" + level) : level);
  CKG.state = CKG.readHash(location.hash);
})();
