"use strict";
/* The evidence panel and the table of what is shown. All text goes in by textContent. */
CKG.panel = (() => {
  const {data, nodes, edges, state, word, said, placeName, sidesOf, pairingName, statusOf, statusWord} = CKG;

  const MOST_LISTED = 200, MOST_ROWS = 1000;
  const COUNTS = ["sources", "statements", "pairings", "places", "policies", "figures", "disagreements"];

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    for (const child of children) {
      if (child !== null && child !== undefined && child !== "") element.append(child);
    }
    return element;
  }

  function chooser(text, kind, id, className = "chooser") {
    const button = make("button", className, text);
    button.type = "button";
    button.addEventListener("click", () => CKG.change({selected: {kind, id}}));
    return button;
  }

  /* only web addresses become links; anything else in a source's data stays text */
  function outside(text, address) {
    if (!/^https?:\/\//i.test(address || "")) return make("span", "", text);
    const link = make("a", "", text);
    link.href = address;
    link.rel = "noopener noreferrer";
    return link;
  }

  /* a page of the site; nothing where the network stands alone */
  function page(text, path, className = "page-link") {
    const address = CKG.pageOf(path);
    if (address === null) return null;
    const link = make("a", className, text);
    link.href = address;
    return link;
  }

  /* the way on from the panel: the thing's own page, the query behind it, and nothing but it in the picture */
  function ways(kind, id, iri) {
    const only = make("button", "only-button", word("only-this"));
    only.type = "button";
    only.setAttribute("aria-pressed", String(state.only));
    only.addEventListener("click", () => {
      CKG.change({only: !state.only});
      document.querySelector(".only-button").focus();
    });
    const known = data.queries[kind];
    const query = data.site_links ? page(word("show-query"), known.page.replace("{thing}", encodeURIComponent(`${kind}/${id}`))) : queryText(known.sparql, iri);
    return make("div", "ways", only, page(word("own-page"), pathOf(kind, id)), query);
  }

  /* the query itself, to be copied: where no page of the site can show it */
  function queryText(sparql, iri) {
    const text = make("pre", "", sparql.replaceAll("{iri}", () => iri).replaceAll("{lang}", state.lang));
    text.tabIndex = 0;
    return make("details", "query", make("summary", "", word("show-query")), text);
  }

  const pathOf = (kind, id, mark = "") => `${kind}/${encodeURIComponent(id)}.html${mark}`;

  function row(name, value) {
    return value ? make("div", "row", make("dt", "", word(name)), make("dd", "", value)) : null;
  }

  function sourceHead(id) {
    const source = data.sources[id];
    const address = source.doi ? `https://doi.org/${source.doi}` : source.url;
    const title = state.lang === "en" ? source.title_en : source.title;
    const about = [source.creators.slice(0, 3).join("、"), source.publisher, source.date].filter(Boolean).join("，");
    const graded = [said(source, "grade"), source.reached_by === "original" ? "" : `${word("read-through")}${said(source, "reached")}`];
    return make("p", "cited", outside(source.titled ? `《${title}》` : title, address),
      about ? make("span", "muted", ` ${about}`) : null,
      ...graded.filter(Boolean).map((text) => make("span", "tag grade", text)), page(word("page-of-source"), pathOf("source", id)));
  }

  /* a statement's number leads to its place on the page of its source */
  function numberOf(statement) {
    const number = statement.id.slice(statement.id.lastIndexOf(".") + 1);
    return page(statement.id, pathOf("source", statement.source, `#${encodeURIComponent(number)}`)) || make("span", "muted", statement.id);
  }

  function statementCard(index) {
    const statement = data.statements[index];
    const card = make("li", `card grade-${statement.directness}`);
    card.append(make("p", "kind", make("span", "tag", said(statement, "kind")),
      make("span", "tag grade", said(statement, "directness")), numberOf(statement)));
    card.append(make("p", "summary", said(statement, "text")));
    if (statement.as_written) {
      const reading = said(statement, "value");
      card.append(make("p", "literal", make("span", "muted", `${word(statement.noted ? "as-noted" : "as-written")} `), make("strong", "", statement.as_written),
        reading && reading !== statement.as_written ? make("span", "muted", `（${word("reads")} ${reading}）`) : null));
    }
    card.append(make("dl", "details", row("when", said(statement, "when") || statement.when), row("locator", statement.locator), row("said-by", statement.said_by),
      row("called", statement.called), row("note", statement.note)));
    return card;
  }

  /* statements under the document that makes them, so that a document is named once */
  function bySource(indexes) {
    const groups = new Map();
    for (const index of indexes) {
      const source = data.statements[index].source;
      groups.set(source, [...(groups.get(source) || []), index]);
    }
    return [...groups].map(([source, own]) => {
      const list = make("ol", "cards");
      for (const index of own) list.append(statementCard(index));
      return make("div", "by-source", sourceHead(source), list);
    });
  }

  function section(title, indexes, open) {
    if (!indexes || !indexes.length) return null;
    const box = make("details", "section");
    box.open = open;
    box.append(make("summary", "", `${title} `, make("span", "count", String(indexes.length))));
    box.append(...bySource(indexes));
    return box;
  }

  const spans = (from, to) => (from === to ? from : `${from} — ${to}`);

  /* a day as the reader writes it: 2016年10月27日, 27 October 2016 */
  function dayWords(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    if (state.lang === "zh") return `${year}年${month}月${day}日`;
    return new Date(Date.UTC(year, month - 1, day)).toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
  }

  /* a term on the line of years: possible pale, certain full, the year asked about as a mark */
  function termBar(term, colour) {
    const SVG = "http://www.w3.org/2000/svg", [first, last, width] = [data.first_year, data.horizon + 1, 320];
    const at = (year) => ((Math.min(last, Math.max(first, year)) - first) / (last - first)) * width;
    const year = (day) => Number(day.slice(0, 4));
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${width} 16`);
    svg.setAttribute("class", "term-bar");
    svg.setAttribute("aria-hidden", "true");
    const rect = (x, y, w, h, fill, opacity) => {
      const made = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({x, y, width: Math.max(w, 2), height: h, fill, "fill-opacity": opacity})) made.setAttribute(name, value);
      svg.append(made);
    };
    const span = (from, to, opacity) => rect(at(year(from)), 4, at(year(to) + 1) - at(year(from)), 8, colour, opacity);
    rect(0, 7.5, width, 1, "currentColor", 0.35);
    span(term.possible_from, term.possible_to, 0.28);
    if (term.certain_from) span(term.certain_from, term.certain_to, 1);
    if (CKG.yearOf() !== null) rect(at(CKG.yearOf() + 0.5) - 1, 0, 2, 16, "currentColor", 1);
    return svg;
  }

  function termItem(term, colour) {
    const certain = term.certain_from ? `${word("certain-span")} ${spans(dayWords(term.certain_from), dayWords(term.certain_to))}` : word("no-certain-day");
    const possible = `${word("possible-span")} ${spans(dayWords(term.possible_from), dayWords(term.possible_to))}`;
    const states = [said(term, "start_state"), said(term, "end_state")].filter(Boolean).join(" · ");
    return make("li", "", make("strong", "", said(term, "label")), termBar(term, colour),
      make("p", "", `${certain}；${possible}`), make("p", "muted", states), term.basis_zh ? make("p", "cited", `${word("basis")}：《${said(term, "basis")}》`) : null);
  }

  function statusLine(edge) {
    const status = statusOf(edge);
    if (status === "undated" || state.year === "all") return make("p", `status ${status}`, statusWord(edge));
    return make("p", `status ${status}`, word(state.year === "asked" ? "in-time" : "in-year", {year: CKG.timeWord(), status: word(status)}));
  }

  function programmeName(id) {
    const programme = data.programmes.find((p) => p.id === id);
    return programme ? programme[state.lang] || programme.zh : id;
  }

  function edgePanel(edge) {
    const parts = [make("h2", "", pairingName(edge)),
      make("p", "sides", chooser(placeName(edge.from), "node", edge.from),
        edge.directed ? " → " : " — ", chooser(placeName(edge.to), "node", edge.to)),
      make("p", "muted", page(programmeName(edge.programme), pathOf("programme", edge.programme), "") || programmeName(edge.programme), edge.directed ? "" : ` · ${word("undirected")}`),
      statusLine(edge), unconfirmed(edge), ways("pairing", edge.id, edge.iri), ...amountShown(edge)];
    parts.push(make("p", "muted", `${edge.origins} ${word("origins")} · ${said(edge, "directness")}`));
    if (edge.disagreements.length) {
      const list = make("ul", "disagreements");
      for (const line of edge.disagreements) list.append(make("li", "", line[state.lang]));
      parts.push(make("h3", "", word("disagreements")), list);
    }
    if (edge.terms.length) {
      const list = make("ol", "terms");
      for (const term of edge.terms) list.append(termItem(term, CKG.draw.programmeColour(edge.programme)));
      parts.push(make("h3", "", word("terms")), list);
    }
    if (edge.implements && edges.has(edge.implements)) {
      parts.push(make("p", "", `${word("implements")}：`, chooser(pairingName(edges.get(edge.implements)), "edge", edge.implements)));
    }
    const narrower = data.edges.filter((other) => other.implements === edge.id);
    if (narrower.length) {
      parts.push(make("p", "", `${word("implemented-by")}：`, ...narrower.flatMap((e, i) => [i ? word("list-comma") : "", chooser(pairingName(e), "edge", e.id)])));
    }
    parts.push(section(word("evidence"), edge.evidence, true));
    for (const [group, indexes] of Object.entries(edge.related)) parts.push(section(word(group), indexes, false));
    parts.push(...caveatsOf(edge));
    return parts;
  }

  /* where the chosen time lies after the last sighting, the reader is told since when nobody confirms it */
  function unconfirmed(edge) {
    const late = !edge.undated && state.year !== "all" && statusOf(edge) === "possible" && edge.last_confirmed && Number(edge.last_confirmed.slice(0, 4)) < CKG.yearOf();
    return late ? make("p", "unconfirmed", word("not-confirmed-since", {day: dayWords(edge.last_confirmed)})) : null;
  }

  /* the amount behind the width of a line, or that there is none */
  function amountShown(edge) {
    if (!state.widthBy) return [];
    const measure = data.measures.find((known) => known.id === state.widthBy);
    const amount = CKG.amountOf(edge);
    const text = !amount ? word("no-amount") : amount.several ? word("several-amounts") : said(amount, "text");
    return [make("p", "amount", `${measure[state.lang] || measure.zh} · ${CKG.timeWord()}: `, make("strong", "", text), amount && amount.summed ? ` (${word("summed")})` : ""),
      amount ? section(word("amount-from"), amount.statements, false) : null];
  }

  /* the caveats that this pairing calls for */
  function caveatsOf(edge) {
    const apply = {coverage: true, status: edge.undated || edge.possibly.length > 0, direction: !edge.directed, figures: Boolean(edge.related.figures)};
    const list = make("ul", "caveats");
    for (const [name, applies] of Object.entries(apply)) if (applies) list.append(make("li", "", word(`caveat-${name}`)));
    return [make("h3", "", word("caveats")), list];
  }

  /* a gathered line: the pairings that it stands for, which are drawn while it is chosen */
  function linePanel(line) {
    const held = line.held.filter((edge) => CKG.isWanted(edge) && !CKG.isOpen(edge));
    return [make("h2", "", CKG.lineName(line)), make("p", "muted", page(programmeName(line.programme), pathOf("programme", line.programme), "") || programmeName(line.programme)),
      make("p", "", word("gathered-line", {n: held.length})), pairingList(held, (edge) => statusWord(edge))];
  }

  /* a list of pairings; a very long one is cut, and says so */
  function pairingList(some, besideOf) {
    const list = make("ul", "pairings");
    for (const edge of some.slice(0, MOST_LISTED)) list.append(make("li", "", chooser(pairingName(edge), "edge", edge.id), " ", make("span", "muted", besideOf(edge))));
    if (some.length > MOST_LISTED) list.append(make("li", "muted", word("more-pairings", {n: some.length - MOST_LISTED})));
    return list;
  }

  function nodePanel(node) {
    const own = data.edges.filter((edge) => edge.from === node.id || edge.to === node.id);
    const list = pairingList(own, (edge) => `${programmeName(edge.programme)} · ${statusWord(edge)}`);
    const within = data.gathered ? data.edges.filter((edge) => CKG.isWanted(edge) && CKG.isOpened(edge, {selected: {kind: "node", id: node.id}}) && !own.includes(edge)) : [];
    const other = state.lang === "en" ? node.label_zh : node.label_en;
    const history = make("ul", "history");
    for (const line of node.history) history.append(make("li", "", line[state.lang]));
    return [make("h2", "", placeName(node.id)), make("p", "muted", word(CKG.roleOf(node)), " · ", [other, ...node.aliases.filter((a) => a !== other)].filter(Boolean).join("、")),
      ways(node.level === "organisation" ? "organisation" : "place", node.id, node.iri),
      node.kind === "anonymous" ? make("p", "status undated", word("anonymous")) : null,
      node.history.length ? make("h3", "", word("history")) : null, node.history.length ? history : null,
      own.length ? make("h3", "", word("pairings-of")) : null, own.length ? list : null,
      within.length ? make("h3", "", word("pairings-within")) : null, within.length ? pairingList(within, (edge) => programmeName(edge.programme)) : null,
      section(word("statements-of"), node.statements, own.length === 0)];
  }

  /* nothing chosen: what is here, where sources disagree, how to read the picture */
  function overviewPanel() {
    const counts = make("ul", "counts");
    for (const name of COUNTS) {
      counts.append(make("li", "", make("strong", "", String(data.counts[name])), word(`count-${name}`)));
    }
    const caveats = make("ul", "caveats");
    for (const name of ["coverage", "status", "direction", "figures"]) caveats.append(make("li", "", word(`caveat-${name}`)));
    const parts = [make("h2", "", word("overview")), make("p", "", word("panel-hint")), data.gathered ? make("p", "gathered-note", word("gathered-note")) : null, counts];
    if (data.disagreements.length) {
      const list = make("ul", "disagreements");
      for (const line of data.disagreements) list.append(make("li", "", line[state.lang]));
      parts.push(make("h3", "", word("disagreements")), list);
    }
    return [...parts, make("h3", "", word("caveats")), caveats];
  }

  function showPanel() {
    const panel = document.getElementById("panel");
    const body = document.getElementById("panel-body");
    const {selected} = state;
    document.documentElement.classList.toggle("has-selection", selected !== null);
    const parts = selected === null ? overviewPanel()
      : selected.kind === "edge" ? edgePanel(edges.get(selected.id))
      : selected.kind === "line" ? linePanel(CKG.lines.get(selected.id))
        : selected.kind === "node" ? nodePanel(nodes.get(selected.id)) : programmePanel(data.programmes.find((p) => p.id === selected.id));
    body.replaceChildren(...parts.filter(Boolean));
    panel.scrollTop = 0;
  }

  /* certain years first, the possible ones after them in brackets */
  const yearsOf = (edge) => {
    const span = (years) => (years.length ? spans(String(Math.min(...years)), String(Math.max(...years))) : "");
    const [certain, possible] = [span(edge.in_force), span(edge.possibly)];
    return certain && possible ? `${certain} (${word("possible-span")} ${possible})` : certain || (possible && `(${word("possible-span")} ${possible})`);
  };

  function programmePanel(programme) {
    const own = data.edges.filter((edge) => edge.programme === programme.id);
    const list = pairingList(own, statusWord);
    const groups = new Map();
    for (const index of programme.statements) {
      const kind = said(data.statements[index], "kind");
      groups.set(kind, [...(groups.get(kind) || []), index]);
    }
    return [make("h2", "", programmeName(programme.id)), ways("programme", programme.id, programme.iri), make("p", "muted", word("statements-of-programme")),
      ...[...groups].map(([kind, indexes]) => section(kind, indexes, false)), make("h3", "", word("pairings-of-programme")), list];
  }

  function showTable() {
    const {edges: shown, nodes: shownNodes, held} = CKG.shown();
    const body = document.getElementById("table-body");
    const row = (...cells) => {
      const line = make("tr", "", ...cells.map((cell, i) => make(i ? "td" : "th", "", cell)));
      line.firstChild.scope = "row";
      return line;
    };
    const gathered = [...held].map(([id, some]) => [CKG.lines.get(id), some.length]).sort((a, b) => b[1] - a[1] || (a[0].id < b[0].id ? -1 : 1));
    body.replaceChildren(...gathered.map(([line, n]) => row(chooser(word(line.from === line.to ? "gathered-within" : "gathered-row", {n}), "line", line.id), CKG.lineName(line),
      programmeName(line.programme), "", "", "", ...(state.widthBy ? [""] : []))), ...shown.slice(0, MOST_ROWS).map((edge) => {
      const sources = new Set(edge.evidence.map((index) => data.statements[index].source));
      const amount = CKG.amountOf(edge);
      const money = state.widthBy ? [!amount ? word("no-amount") : amount.several ? word("several-amounts") : said(amount, "text")] : [];
      const cells = [chooser(pairingName(edge), "edge", edge.id), sidesOf(edge), programmeName(edge.programme),
        statusWord(edge), yearsOf(edge), String(sources.size), ...money];
      return row(...cells);
    }));
    document.getElementById("more-rows").textContent = shown.length > MOST_ROWS ? word("more-pairings", {n: shown.length - MOST_ROWS}) : "";
    document.getElementById("amount-head").hidden = !state.widthBy;
    const count = (status) => shown.filter((edge) => statusOf(edge) === status).length;
    document.getElementById("shown-count").textContent = (state.year === "all" ? "" : `${CKG.timeWord()} · `)
      + word("shown-count", {places: shownNodes.size, pairings: shown.length, certain: count("certain"),
        possible: count("possible"), undated: count("undated")})
      + (held.size ? word("gathered-count", {n: [...held.values()].reduce((sum, some) => sum + some.length, 0), lines: held.size}) : "");
    document.getElementById("nothing").hidden = shown.length + held.size > 0;
  }

  return {showPanel, showTable, make, programmeName};
})();
