"use strict";
/* The controls: year, play, filters that are also the legend, layout, search, language, theme. */
(() => {
  const {data, nodes, edges, state, word, said} = CKG;
  const {make} = CKG.panel;
  const byId = (id) => document.getElementById(id);
  const STEP_MS = 700;
  const MOST_HITS = 12;
  let timer = null;

  // legend and filters

  function swatch(programme) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", programme.tall ? "0 -4 34 16" : "0 0 34 8");
    svg.setAttribute("class", programme.tall ? "swatch tall" : "swatch");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", "M1,4 L33,4");
    line.setAttribute("stroke", programme.colour);
    line.setAttribute("stroke-width", programme.width || 2.4);
    line.setAttribute("stroke-opacity", programme.opacity || 1);
    if (programme.dash) line.setAttribute("stroke-dasharray", programme.dash.join(" "));
    svg.append(line);
    return svg;
  }

  function roleMark(role) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("class", "role-mark");
    svg.setAttribute("aria-hidden", "true");
    const shapes = {dot: "M8,2 a6,6 0 1,0 0.01,0 Z", diamond: "M8,1 L15,8 L8,15 L1,8 Z", triangle: "M8,2 L14,13 L2,13 Z", square: "M3,3 H13 V13 H3 Z"};
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", shapes[CKG.draw.SHAPES[role]]);
    path.setAttribute("fill", CKG.draw.roleColour(role));
    svg.append(path);
    return svg;
  }

  /* beside a programme's tick: everything that is said of it */
  function asking(programme) {
    const button = make("button", "ask", "ⓘ");
    button.type = "button";
    button.setAttribute("aria-label", word("about-programme", {name: programme[state.lang] || programme.zh}));
    button.dataset.programme = programme.id;
    button.addEventListener("click", () => CKG.change({selected: {kind: "programme", id: programme.id}}));
    return button;
  }

  /* beside a tick: this one and no other */
  function onlyThis(set, value, label, all) {
    const button = make("button", "only", word("only"));
    button.type = "button";
    button.setAttribute("aria-label", `${word("only")} ${label}`);
    button.dataset.filter = `only:${set}:${value}`;
    const others = all.filter((other) => other !== value);
    const isOnly = others.length > 0 && others.every((other) => state[set].has(other)) && !state[set].has(value);
    button.setAttribute("aria-pressed", String(isOnly));
    button.addEventListener("click", () => CKG.change({[set]: isOnly ? new Set() : new Set(others)}));
    return button;
  }

  function ticks(list, set, values, labelOf, signOf, valuesOf, moreOf = () => null) {
    const counts = CKG.countsOf(set, valuesOf);
    byId(list).replaceChildren(...values.map((value) => {
      const label = labelOf(value);
      const item = tick(set, value, label, signOf(value), counts.get(value) || 0, moreOf(value));
      item.append(onlyThis(set, value, label, values));
      return item;
    }));
  }

  function tick(set, value, label, sign, count, more = null) {
    const input = make("input");
    input.type = "checkbox";
    input.checked = !state[set].has(value);
    input.dataset.filter = `${set}:${value}`;
    input.addEventListener("change", () => {
      const hidden = new Set(state[set]);
      if (input.checked) hidden.delete(value); else hidden.add(value);
      CKG.change({[set]: hidden});
    });
    return make("li", "", make("label", "", input, sign, make("span", "name", label), make("span", "count", String(count))), more || "");
  }

  function showFilters() {
    const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.filter : null;
    const named = (terms, value) => (value === CKG.NONE ? word("not-stated") : terms[value] ? terms[value][state.lang] : value);
    const programme = (id) => data.programmes.find((known) => known.id === id);
    ticks("programmes", "hiddenProgrammes", CKG.PROGRAMMES, CKG.panel.programmeName,
      (id) => swatch({colour: CKG.draw.programmeColour(id), dash: CKG.draw.programmeDash(id)}), (edge) => [edge.programme], (id) => asking(programme(id)));
    ticks("fields", "hiddenFields", CKG.FIELDS, (value) => named(data.fields || {}, value), () => null, (edge) => edge.fieldsIn);
    ticks("grades", "hiddenGrades", CKG.GRADES, (value) => named(data.grades || {}, value), () => null, (edge) => edge.gradesIn);
    for (const [list, set] of [["fields", "hiddenFields"], ["grades", "hiddenGrades"]]) byId(`${list}-box`).dataset.narrowed = String(state[set].size > 0);
    const statuses = CKG.countsOf("hiddenLayers", (edge) => [CKG.statusOf(edge)]);
    const nodesShown = CKG.shown().nodes;
    byId("levels").replaceChildren(...data.level_order.map((level) => tick("hiddenLevels", level, data.levels[level] ? data.levels[level][state.lang] : level, null,
      data.nodes.filter((node) => node.level === level && nodesShown.has(node.id)).length)));
    const layers = CKG.draw.STATUS_LOOKS;
    byId("layers").replaceChildren(
      ...Object.entries(layers).map(([layer, look]) => tick("hiddenLayers", layer, word(state.year === "all" && layer !== "undated" ? `${layer}-all` : layer), swatch({colour: CKG.draw.ink(), ...look}),
        statuses.get(layer) || 0)),
      tick("hiddenLayers", "participants", word("participants"), roleMark("participant"), data.nodes.filter((node) => node.roles.includes("participant")).length));
    byId("roles").replaceChildren(...["supporter", "recipient", "both", "party"].map((role) => make("li", "", roleMark(role), make("span", "name", word(role)))));
    if (focused) {
      const again = document.querySelector(`[data-filter="${CSS.escape(focused)}"]`);
      if (again) again.focus();
    }
  }

  /* what the lines are wide by, and what a width means; an amount nobody states is drawn otherwise and counted */
  function showWidths() {
    byId("width-by").replaceChildren(...[["", word("width-status")], ...data.measures.map((measure) => [measure.id, measure[state.lang] || measure.zh])].map(([value, label]) => {
      const option = make("option", "", label);
      option.value = value;
      option.selected = value === (state.widthBy || "");
      return option;
    }));
    byId("widths").hidden = !state.widthBy;
    if (!state.widthBy) return;
    const {edges: shown} = CKG.shown();
    const amounts = shown.map(CKG.amountOf);
    const colour = CKG.draw.ink();
    const line = (sign, label, count) => make("li", "", sign, make("span", "name", label), count === null ? "" : make("span", "count", String(count)));
    byId("widths").replaceChildren(
      ...CKG.draw.widthSteps().map((value) => line(swatch({colour, width: CKG.draw.widthOf(value), tall: true}), CKG.draw.yuan(value), null)),
      line(swatch({colour, width: 1, dash: [1, 5]}), word("no-amount"), amounts.filter((amount) => !amount).length),
      line(swatch({colour, width: 1, dash: [6, 4]}), word("several-amounts"), amounts.filter((amount) => amount && amount.several).length),
      make("li", "muted", word("width-note")));
  }

  // year and play

  /* how many pairings each year has, above the slider: certain full, possible pale */
  function showBars() {
    const years = data.horizon - data.first_year + 1;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const counts = Array.from({length: years}, (_, i) => {
      const statuses = data.edges.map((edge) => CKG.statusOf(edge, data.first_year + i));
      return [statuses.filter((s) => s === "certain").length, statuses.filter((s) => s === "possible").length];
    });
    const most = Math.max(1, ...counts.map(([certain, possible]) => certain + possible));
    svg.setAttribute("viewBox", `0 0 ${years} ${most}`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    counts.forEach(([certain, possible], i) => {
      for (const [from, height, opacity] of [[certain, possible, 0.3], [0, certain, 0.9]]) {
        const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        for (const [name, value] of Object.entries({x: i + 0.1, y: most - from - height, width: 0.8, height, "fill-opacity": opacity, fill: "currentColor"})) bar.setAttribute(name, value);
        svg.append(bar);
      }
    });
    byId("year-bars").replaceChildren(svg);
  }

  function showYear() {
    const all = state.year === "all";
    const slider = byId("year");
    slider.value = all ? data.horizon : CKG.yearOf();
    slider.disabled = all;
    slider.setAttribute("aria-valuetext", CKG.timeWord());
    byId("all-years").checked = all;
    byId("year-out").textContent = CKG.timeWord();
    byId("big-year").textContent = CKG.timeWord();
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    byId("play").textContent = word("play");
    byId("play").setAttribute("aria-pressed", "false");
    byId("shown-count").setAttribute("aria-live", "polite");
  }

  function play() {
    if (timer !== null) return stop();
    byId("shown-count").setAttribute("aria-live", "off");
    byId("play").textContent = word("pause");
    byId("play").setAttribute("aria-pressed", "true");
    if (state.year === "all" || CKG.yearOf() >= data.horizon) CKG.change({year: data.first_year});
    timer = setInterval(() => (CKG.yearOf() >= data.horizon ? stop() : CKG.change({year: CKG.yearOf() + 1})), STEP_MS);
  }

  // search: a combobox (WAI-ARIA 1.2) over places and pairings

  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

  function find(text) {
    const wanted = fold(text);
    if (!wanted) return [];
    const rank = (thing) => (thing.keys.includes(wanted) ? 0 : thing.keys.some((key) => key.startsWith(wanted)) ? 1 : thing.keys.some((key) => key.includes(wanted)) ? 2 : 3);
    const named = [...data.nodes.map((n) => ["node", n]), ...data.edges.map((e) => ["edge", e])];
    return named.map(([kind, thing]) => ({kind, thing, rank: rank(thing)})).filter((hit) => hit.rank < 3)
      .sort((a, b) => a.rank - b.rank || (a.thing.id < b.thing.id ? -1 : 1)).slice(0, MOST_HITS);
  }

  function showHits() {
    const box = byId("search"), list = byId("hits");
    const hits = find(box.value);
    list.replaceChildren(...hits.map((hit, index) => {
      const name = hit.kind === "node" ? said(hit.thing, "label") : said(hit.thing, "name");
      const more = hit.kind === "node" ? word(CKG.roleOf(hit.thing)) : said(hit.thing, "sides");
      const item = make("li", "hit", make("span", "", name), make("span", "muted", ` ${more}`));
      item.id = `hit-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(hit); });
      item.hit = hit;
      return item;
    }));
    byId("no-hits").hidden = hits.length > 0 || !fold(box.value);
    list.hidden = hits.length === 0;
    box.setAttribute("aria-expanded", String(hits.length > 0));
    box.removeAttribute("aria-activedescendant");
  }

  function choose(hit) {
    byId("search").value = "";
    showHits();
    const changes = {selected: {kind: hit.kind, id: hit.thing.id}};
    const own = hit.kind === "edge" ? [hit.thing] : data.edges.filter((e) => e.from === hit.thing.id || e.to === hit.thing.id);
    const hidden = own.length && !own.some((edge) => CKG.isShown(edge, {...state, ...changes}));
    if (hidden && own.every((edge) => CKG.statusOf(edge) === "absent")) changes.year = "all";
    else if (hidden) Object.assign(changes, {hiddenProgrammes: new Set(), hiddenLevels: new Set(), hiddenLayers: new Set()});
    CKG.change(changes);
  }

  function searchKey(event) {
    const items = [...byId("hits").children];
    const current = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") { byId("search").value = ""; showHits(); return; }
    if (event.key === "Enter" && items.length) { event.preventDefault(); choose(items[Math.max(current, 0)].hit); return; }
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!step || !items.length) return;
    event.preventDefault();
    const next = (current + step + items.length) % items.length;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === next)));
    byId("search").setAttribute("aria-activedescendant", items[next].id);
    items[next].scrollIntoView({block: "nearest"});
  }

  // words, theme

  function showWords() {
    document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
    for (const element of document.querySelectorAll("[data-zh]")) element.textContent = element.getAttribute(`data-${state.lang}`);
    for (const link of document.querySelectorAll("a[data-page]")) link.href = CKG.pageOf(link.dataset.page);
    document.title = `${said(data, "title")} · ${word("network")}`;
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    for (const element of document.querySelectorAll("[data-word-label]")) element.setAttribute("aria-label", word(element.dataset.wordLabel));
    for (const element of document.querySelectorAll("[data-word-placeholder]")) element.placeholder = word(element.dataset.wordPlaceholder);
    byId("title").textContent = said(data, "title");
    byId("layout-note").textContent = word({geographic: "map-note", columns: "columns-note", force: "force-note"}[state.layout]);
    if (timer === null) byId("play").textContent = word("play");
  }

  function setTheme(name) {
    document.documentElement.dataset.theme = name;
    try { localStorage.setItem("ckg-theme", name); } catch { /* a page from disk may have no store */ }
    CKG.draw.forget();
    CKG.draw.update();
    showFilters();
    showWidths();
    CKG.panel.showPanel();
  }

  function show(changes) {
    const has = (name) => Object.hasOwn(changes, name);
    showWords();
    showYear();
    showFilters();
    showWidths();
    for (const input of document.querySelectorAll("input[name=layout]")) input.checked = input.value === state.layout;
    CKG.draw.update();
    CKG.panel.showPanel();
    CKG.panel.showTable();
    if (has("layout") || has("only") || (state.only && has("selected"))) CKG.draw.fit();
    else if (has("selected")) CKG.draw.reveal();
  }

  function begin() {
    let theme = null;
    try { theme = localStorage.getItem("ckg-theme"); } catch { /* none kept */ }
    document.documentElement.dataset.theme = ["dark", "light"].includes(theme) ? theme : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    CKG.fromHash(location.hash);
    if (!data.measures.length) byId("width-by").closest("fieldset").hidden = true;
    if (matchMedia("(max-width: 760px)").matches) byId("controls").open = false;
    // the picture first: lists and tables are made while it is looked at
    showWords();
    showYear();
    CKG.draw.start(() => {
      document.documentElement.dataset.drawn = "true";
      requestAnimationFrame(() => setTimeout(beginRest));
    });
  }

  function beginRest() {
    showBars();
    CKG.onChange(show);
    show({});
    if (!state.only) CKG.draw.reveal();
    byId("year").addEventListener("input", (event) => { stop(); CKG.change({year: Number(event.target.value)}); });
    byId("all-years").addEventListener("change", (event) => { stop(); CKG.change({year: event.target.checked ? "all" : Number(byId("year").value)}); });
    byId("play").addEventListener("click", play);
    byId("fit").addEventListener("click", () => CKG.draw.fit());
    byId("png").addEventListener("click", CKG.save.png);
    byId("svg").addEventListener("click", CKG.save.svg);
    byId("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
    byId("language").addEventListener("click", () => CKG.change({lang: state.lang === "zh" ? "en" : "zh"}));
    byId("close").addEventListener("click", () => CKG.change({selected: null}));
    byId("link").addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        byId("link").textContent = word("copied");
      } catch {
        prompt(word("link"), location.href);  // a page from disk may not use the clipboard
      }
    });
    byId("search").addEventListener("input", showHits);
    byId("search").addEventListener("keydown", searchKey);
    byId("search").addEventListener("blur", () => { byId("hits").hidden = true; });
    for (const input of document.querySelectorAll("input[name=layout]")) input.addEventListener("change", () => CKG.change({layout: input.value}));
    addEventListener("hashchange", () => { if (location.hash !== CKG.toHash()) { CKG.fromHash(location.hash); show({layout: state.layout}); } });
    addEventListener("keydown", (event) => { if (event.key === "Escape" && state.selected) CKG.change({selected: null}); });
    addEventListener("beforeprint", () => byId("print-picture").replaceChildren(CKG.save.onPaper()));
    addEventListener("resize", () => CKG.draw.fit(false));
    byId("width-by").addEventListener("change", (event) => CKG.change({widthBy: event.target.value || null}));
    byId("zoom-in").addEventListener("click", () => CKG.draw.zoom(1.3));
    byId("zoom-out").addEventListener("click", () => CKG.draw.zoom(1 / 1.3));
    // the wheel scrolls the page; with Ctrl (or a pinch) it zooms the picture
    byId("stage").addEventListener("wheel", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); }, {capture: true});
    document.documentElement.dataset.ready = "true";
  }

  begin();
})();
