"use strict";
/* Supporters × recipients: the table for what is chosen, and what stands behind a cell. */
(() => {
  const data = JSON.parse(document.getElementById("matrix-data").textContent);
  const table = document.getElementById("matrix");
  const panel = document.getElementById("cell");
  const says = document.getElementById("matrix-says");
  const zh = () => SITE.lang() === "zh";
  const pick = (one, other) => (zh() ? one : other);
  const name = (place) => data.places[place][zh() ? 0 : 1];
  const shade = (number, steps) => `s${1 + steps.filter((step) => number >= step).length}`;
  const link = (address, text, look) => {
    const made = MAKE("a", {href: SITE.root + address, ...(look ? {class: look} : {})}, text);
    SITE.carry(made);
    return made;
  };
  const figures = new Map();
  for (const figure of data.figures) figures.set(figure.g, [...(figures.get(figure.g) || []), figure]);

  /* what stands in the cells for a choice: ties by the two provinces */
  function chosen({p, below}) {
    const cells = new Map();
    for (const tie of data.ties) {
      if ((below === "0" && !tie.d) || (p && data.programmes[data.pairings[tie.g][3]][0] !== p)) continue;
      const key = `${tie.s}~${tie.r}`;
      cells.set(key, [...(cells.get(key) || []), tie]);
    }
    return cells;
  }

  function status(tie, year) {
    if (tie.u) return "undated";
    if (year === null) return tie.c ? "certain" : "possible";
    return YEARS.has(tie.c, year) ? "certain" : YEARS.has(tie.m, year) ? "possible" : "absent";
  }

  /* a pairing whose party moved stands twice among the ties: its figures are those of the years it lay here */
  function told(tie, measure, year) {
    const lay = [...YEARS.list(tie.c), ...YEARS.list(tie.m)];
    const moved = data.ties.filter((other) => other.g === tie.g).length > 1;
    return (figures.get(tie.g) || []).filter((figure) => figure.k === measure
      && (year === null || (figure.y.length && figure.y[0] <= year && year <= figure.y[1]))
      && (!moved || !figure.y.length || lay.some((own) => figure.y[0] <= own && own <= figure.y[1])));
  }

  function cellOf(ties, {show}, year) {
    if (show === "n") {
      const found = ties.map((tie) => status(tie, year));
      const [certain, possible] = ["certain", "possible"].map((wanted) => found.filter((one) => one === wanted).length);
      return {
        text: possible ? `${certain ? `${certain}+` : ""}${possible}?` : certain ? String(certain) : "",
        look: shade(certain + possible, data.steps) + (certain ? "" : " unsure"),
        label: pick(`${year ? `${year}年` : "历年"}确定${certain}组，可能${possible}组`, `${certain} certain and ${possible} possible in ${year || "any year"}`),
      };
    }
    if (show === "y") {
      const certain = new Set(ties.flatMap((tie) => YEARS.list(tie.c)));
      const possible = new Set(ties.flatMap((tie) => YEARS.list(tie.m)).filter((own) => !certain.has(own) && own <= data.last));
      const [n, m] = [certain.size, possible.size];
      return {
        text: m ? `${n ? `${n}+` : ""}${m}?` : n ? String(n) : "",
        look: shade(n + m, data.year_steps) + (n ? "" : " unsure"),
        label: pick(`确定${n}年，另可能${m}年`, `${n} years certain, ${m} more possible`),
      };
    }
    const found = ties.flatMap((tie) => told(tie, show, year));
    if (!found.length) return {text: "", look: "", label: pick("没有数据", "no data")};
    return found.length === 1
      ? {text: found[0].t, look: "s2 literal", label: found[0].t}
      : {text: pick(`${found.length}个数`, `${found.length} figures`), look: "s1 literal many", label: pick(`${found.length}个数，不相加`, `${found.length} figures, not added`)};
  }

  function ranked(cells, side) {
    const tally = new Map();
    for (const [key, ties] of cells) {
      const place = key.split("~")[side];
      tally.set(place, (tally.get(place) || 0) + ties.length);
    }
    return [...tally.keys()].sort((a, b) => tally.get(b) - tally.get(a) || (a < b ? -1 : 1));
  }

  const headed = (place, scope) => MAKE("th", {scope}, link(`place/${encodeURIComponent(place)}.html`, name(place)));

  function draw(state) {
    const cells = chosen(state);
    const year = state.all === "1" || state.show === "y" ? null : Number(state.y);
    const [rows, columns] = [ranked(cells, 0), ranked(cells, 1)];
    const focused = document.activeElement && document.activeElement.dataset.sides;
    let filled = 0;
    const body = rows.map((row) => MAKE("tr", {}, headed(row, "row"), ...columns.map((column) => {
      const key = `${row}~${column}`;
      const shown = cells.has(key) ? cellOf(cells.get(key), state, year) : {text: ""};
      if (!shown.text) return MAKE("td", {class: "void"});
      filled += 1;
      const label = `${name(row)}→${name(column)}${pick("：", ": ")}${shown.label}`;
      return MAKE("td", {}, MAKE("a", {class: `cell ${shown.look}`, href: "#", role: "button", "data-sides": key, "aria-label": label, title: label,
        "aria-pressed": String(state.sel === key)}, shown.text));
    })));
    const corner = MAKE("th", {scope: "col", class: "corner"}, pick("支援 ↓ 受援 →", "supports ↓ receives →"));
    table.tHead.replaceChildren(MAKE("tr", {}, corner, ...columns.map((column) => headed(column, "col"))));
    table.tBodies[0].replaceChildren(...body);
    table.classList.toggle("figures", !["n", "y"].includes(state.show));
    const programme = data.programmes.find(([own]) => own === state.p);
    for (const look of ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "pn"]) table.classList.toggle(look, Boolean(programme) && programme[3] === look);
    const again = focused && table.querySelector(`[data-sides="${CSS.escape(focused)}"]`);
    if (again) again.focus();
    report(state, cells, filled, year);
    detail(state, cells, year);
  }

  function report(state, cells, filled, year) {
    const when = year === null ? pick("全部年份", "all years") : pick(`${year}年`, String(year));
    const level = state.below === "1" ? pick("省级及以下，按所在省", "provinces and below, under their provinces") : pick("只算省级之间", "between provinces only");
    const none = cells.size - filled;
    const other = ["n", "y"].includes(state.show) ? [`，${none}格的结对在别的年份`, `; ${none} more have pairings in other years`] : [`，${none}格有结对而没有这样的数`, `; ${none} more have pairings but no such figure`];
    says.textContent = cells.size
      ? pick(`${when}，${level}：${filled}格有内容${none ? other[0] : ""}。`, `${when}, ${level}: ${filled} cells filled${none ? other[1] : ""}.`)
      : pick("所选的机制没有方向明确的省级结对；见下面的数据，或打开“计入省级以下”。", "No directed pairing of provinces in this choice; see the data below, or switch on “below the province”.");
  }

  function statements(keys, total, address) {
    const links = keys.flatMap(([key, where]) => [" ", link(where, key, "cite")]);
    return total > keys.length ? [...links, " ", link(address, `+${total - keys.length}`, "cite")] : links;
  }

  function detail(state, cells, year) {
    const ties = cells.get(state.sel);
    panel.hidden = !ties;
    if (!ties) return;
    const [one, other] = state.sel.split("~");
    const close = MAKE("button", {type: "button"}, pick("关闭", "Close"));
    close.addEventListener("click", () => choices.select(""));
    const rank = ["certain", "possible", "undated", "absent"];
    const words = {certain: pick("确定", "certain"), possible: pick("可能", "possible"), undated: pick("无年份", "undated"), absent: pick("不存续", "absent")};
    const isCount = ["n", "y"].includes(state.show);
    const shown = ties.filter((tie) => isCount || told(tie, state.show, year).length);
    const lines = shown.sort((a, b) => rank.indexOf(status(a, year)) - rank.indexOf(status(b, year))).map((tie) => {
      const [inZh, inEn, address, programme, keys, total] = data.pairings[tie.g];
      const own = status(tie, year);
      const spans = [[tie.c, pick("确定 ", "certain ")], [tie.m, pick("可能 ", "possible ")]].filter(([runs]) => runs).map(([runs, word]) => word + YEARS.say(runs));
      const line = MAKE("li", {}, link(address, pick(inZh, inEn)), " ", MAKE("span", {class: "muted"}, data.programmes[programme][zh() ? 1 : 2]), " ",
        MAKE("span", {class: `status ${own}`}, words[own]), " ", spans.join(pick("；", "; ")), ...statements(keys, total, address));
      if (isCount) return line;
      const list = told(tie, state.show, year).map((figure) => MAKE("li", {}, MAKE("b", {}, figure.t), ` ${pick(`（${figure.w[0]}）`, `(${figure.w[1]})`)} `,
        figure.when[zh() ? 0 : 1] || pick("未注明时间", "no time given"), ` · ${figure.stage[zh() ? 0 : 1]} `, link(figure.q[1], figure.q[0], "cite")));
      line.append(MAKE("ul", {}, ...list));
      return line;
    });
    panel.replaceChildren(MAKE("h2", {}, `${name(one)} → ${name(other)} `, close), MAKE("ul", {}, ...lines));
    const silent = ties.length - shown.length;
    if (silent) panel.append(MAKE("p", {class: "muted"}, pick(`另有${silent}组结对没有这样的数。`, `${silent} more pairings have no such figure.`)));
  }

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("a.cell");
    if (!cell) return;
    event.preventDefault();
    choices.select(choices.state().sel === cell.dataset.sides ? "" : cell.dataset.sides);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("a.cell");
    const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
    if (cell && event.key === " ") { event.preventDefault(); cell.click(); return; }
    if (!cell || !step) return;
    event.preventDefault();
    let [row, column] = [cell.closest("tr").rowIndex, cell.parentElement.cellIndex];
    for (;;) {
      [row, column] = [row + step[0], column + step[1]];
      const next = table.rows[row] && table.rows[row].cells[column];
      if (!next) return;
      const target = row > 0 && column > 0 && next.querySelector("a.cell");
      if (target) { target.focus(); return; }
    }
  });
  const choices = CHOICES(document.querySelector("form[data-choices]"), draw);
  choices.draw();
})();
