"use strict";
/* The evidence panel and the table of what is shown. All text goes in by textContent. */
CKG.panel = (() => {
  const {data, nodes, edges, state, word, said, statusOf} = CKG;

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

  function row(name, value) {
    return value ? make("div", "row", make("dt", "", word(name)), make("dd", "", value)) : null;
  }

  function sourceLine(statement) {
    const source = data.sources[statement.source];
    const address = source.doi ? `https://doi.org/${source.doi}` : source.url;
    const title = state.lang === "en" ? source.title_en : source.title;
    const about = [source.creators.slice(0, 3).join("、"), source.publisher, source.date].filter(Boolean).join("，");
    return make("p", "cited", outside(`《${title}》`, address), about ? make("span", "muted", ` ${about}`) : null,
      make("span", "muted", ` · ${statement.locator}`));
  }

  function statementCard(index) {
    const statement = data.statements[index];
    const card = make("li", `card grade-${statement.directness}`);
    card.append(make("p", "kind", make("span", "tag", said(statement, "kind")),
      make("span", "tag grade", said(statement, "directness")), make("span", "muted", statement.id)));
    card.append(make("p", "summary", said(statement, "text")));
    if (statement.as_written) {
      const reading = said(statement, "value");
      card.append(make("p", "literal", make("span", "muted", `${word("as-written")} `), make("strong", "", statement.as_written),
        reading && reading !== statement.as_written ? make("span", "muted", `（${word("reads")} ${reading}）`) : null));
    }
    const details = make("dl", "details", row("said-by", statement.said_by), row("called", statement.called),
      row("note", statement.note));
    if (details.childNodes.length) card.append(details);
    card.append(sourceLine(statement));
    return card;
  }

  function section(title, indexes, open) {
    if (!indexes || !indexes.length) return null;
    const box = make("details", "section");
    box.open = open;
    box.append(make("summary", "", `${title} `, make("span", "count", String(indexes.length))));
    const list = make("ol", "cards");
    for (const index of indexes) list.append(statementCard(index));
    box.append(list);
    return box;
  }

  const spans = (from, to) => (from === to ? from : `${from} — ${to}`);

  function termItem(term) {
    const certain = term.certain_from ? `${word("certain-span")} ${spans(term.certain_from, term.certain_to)}` : word("no-certain-day");
    const possible = `${word("possible-span")} ${spans(term.possible_from, term.possible_to)}`;
    const states = [said(term, "start_state"), said(term, "end_state")].filter(Boolean).join(" · ");
    return make("li", "", make("strong", "", said(term, "label")), ` ${certain}；${possible}`, make("br"),
      make("span", "muted", states), term.basis_zh ? make("p", "cited", `${word("basis")}：《${said(term, "basis")}》`) : null);
  }

  function statusLine(edge) {
    const status = statusOf(edge);
    if (status === "undated" || state.year === "all") return make("p", `status ${status}`, word(status));
    return make("p", `status ${status}`, word("in-year", {year: state.year, status: word(status)}));
  }

  function programmeName(id) {
    const programme = data.programmes.find((p) => p.id === id);
    return programme ? programme[state.lang] || programme.zh : id;
  }

  function edgePanel(edge) {
    const parts = [make("h2", "", said(edge, "name")),
      make("p", "sides", chooser(said(nodes.get(edge.from), "label"), "node", edge.from),
        edge.directed ? " → " : " — ", chooser(said(nodes.get(edge.to), "label"), "node", edge.to)),
      make("p", "muted", programmeName(edge.programme), edge.directed ? "" : ` · ${word("undirected")}`), statusLine(edge)];
    parts.push(make("p", "muted", `${edge.origins} ${word("origins")} · ${said(edge, "directness")}`));
    if (edge.disagreements.length) {
      const list = make("ul", "disagreements");
      for (const line of edge.disagreements) list.append(make("li", "", line[state.lang]));
      parts.push(make("h3", "", word("disagreements")), list);
    }
    if (edge.terms.length) {
      const list = make("ol", "terms");
      for (const term of edge.terms) list.append(termItem(term));
      parts.push(make("h3", "", word("terms")), list);
    }
    if (edge.implements && edges.has(edge.implements)) {
      parts.push(make("p", "", `${word("implements")}：`, chooser(said(edges.get(edge.implements), "name"), "edge", edge.implements)));
    }
    const narrower = data.edges.filter((other) => other.implements === edge.id);
    if (narrower.length) {
      parts.push(make("p", "", `${word("implemented-by")}：`, ...narrower.map((e) => chooser(said(e, "name"), "edge", e.id))));
    }
    parts.push(section(word("evidence"), edge.evidence, true));
    for (const [group, indexes] of Object.entries(edge.related)) parts.push(section(word(group), indexes, false));
    return parts;
  }

  function nodePanel(node) {
    const own = data.edges.filter((edge) => edge.from === node.id || edge.to === node.id);
    const list = make("ul", "pairings");
    for (const edge of own) {
      list.append(make("li", "", chooser(`${said(edge, "name")}`, "edge", edge.id), ` `,
        make("span", "muted", `${programmeName(edge.programme)} · ${word(statusOf(edge))}`)));
    }
    const other = state.lang === "en" ? node.label_zh : node.label_en;
    return [make("h2", "", said(node, "label")), make("p", "muted", word(CKG.roleOf(node)), " · ", [other, ...node.aliases.filter((a) => a !== other)].filter(Boolean).join("、")),
      node.kind === "anonymous" ? make("p", "status undated", word("anonymous")) : null,
      own.length ? make("h3", "", word("pairings-of")) : null, own.length ? list : null,
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
    const parts = [make("h2", "", word("overview")), make("p", "", word("panel-hint")), counts];
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
      : selected.kind === "edge" ? edgePanel(edges.get(selected.id)) : nodePanel(nodes.get(selected.id));
    body.replaceChildren(...parts.filter(Boolean));
    panel.scrollTop = 0;
  }

  const yearsOf = (edge) => {
    const years = [...edge.in_force, ...edge.possibly];
    return years.length ? spans(String(Math.min(...years)), String(Math.max(...years))) : "";
  };

  function showTable() {
    const {edges: shown, nodes: shownNodes} = CKG.shown();
    const body = document.getElementById("table-body");
    body.replaceChildren(...shown.map((edge) => {
      const sources = new Set(edge.evidence.map((index) => data.statements[index].source));
      const cells = [chooser(said(edge, "name"), "edge", edge.id), said(edge, "sides"), programmeName(edge.programme),
        word(statusOf(edge)), yearsOf(edge), String(sources.size)];
      const line = make("tr", "", ...cells.map((cell, i) => make(i ? "td" : "th", "", cell)));
      line.firstChild.scope = "row";
      return line;
    }));
    const count = (status) => shown.filter((edge) => statusOf(edge) === status).length;
    document.getElementById("shown-count").textContent = (state.year === "all" ? "" : `${state.year} · `)
      + word("shown-count", {places: shownNodes.size, pairings: shown.length, certain: count("certain"),
        possible: count("possible"), undated: count("undated")});
    document.getElementById("nothing").hidden = shown.length > 0;
  }

  return {showPanel, showTable, make, programmeName};
})();
