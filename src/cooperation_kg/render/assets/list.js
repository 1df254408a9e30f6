"use strict";
/* A list that can be narrowed: words typed, choices made, columns sorted; kept in the address as #q=…&programme=…. */
(() => {
  const form = document.getElementById("list-tools");
  if (!form) return;
  const box = document.getElementById("list-filter");
  const choosers = [...form.querySelectorAll("select")];
  const count = document.getElementById("list-count");
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const rows = [...document.querySelectorAll("table.list tr[data-row]")].map((row, order) => ({
    row, order, body: row.parentElement, text: fold(`${row.textContent} ${row.dataset.k || ""}`),
    facets: Object.fromEntries(choosers.map((chooser) => [chooser.name, (row.getAttribute(`data-f-${chooser.name}`) || "").split(" ")])),
  }));
  const bodies = [...new Set(rows.map((one) => one.body))];
  const plain = choosers.map((chooser) => [...chooser.options].map((option) => [option.dataset.zh, option.dataset.en]));
  const spoken = () => (SITE.lang() === "zh" ? 0 : 1);

  function wanted() {
    return {words: box.value.split(/\s+/).map(fold).filter(Boolean), chosen: Object.fromEntries(choosers.map((chooser) => [chooser.name, chooser.value]))};
  }

  const fits = (one, {words, chosen}, but = "") => words.every((word) => one.text.includes(word))
    && choosers.every(({name}) => name === but || !chosen[name] || one.facets[name].includes(chosen[name]));

  function show() {
    const asked = wanted();
    let shown = 0;
    for (const one of rows) {
      const fitting = fits(one, asked);
      if (one.row.hidden === fitting) one.row.hidden = !fitting;
      shown += fitting;
    }
    for (const body of bodies) {
      const empty = !rows.some((one) => one.body === body && !one.row.hidden);
      for (const head of body.querySelectorAll("tr[data-group]")) head.hidden = empty;
    }
    count.textContent = SITE.lang() === "zh" ? `显示 ${shown} / ${rows.length} 行` : `${shown} of ${rows.length} rows shown`;
    choosers.forEach((chooser, index) => {
      const tally = new Map();
      let all = 0;
      for (const one of rows) {
        if (!fits(one, asked, chooser.name)) continue;
        all += 1;
        for (const value of new Set(one.facets[chooser.name])) tally.set(value, (tally.get(value) || 0) + 1);
      }
      [...chooser.options].forEach((option, at) => {
        option.textContent = `${plain[index][at][spoken()]} (${option.value ? tally.get(option.value) || 0 : all})`;
      });
    });
  }

  function keep() {
    const state = new URLSearchParams();
    if (box.value) state.set("q", box.value);
    for (const chooser of choosers) if (chooser.value) state.set(chooser.name, chooser.value);
    history.replaceState(null, "", `${location.pathname}${location.search}${[...state].length ? `#${state}` : ""}`);
  }

  function read() {
    if (!location.hash.includes("=")) return;
    const state = new URLSearchParams(location.hash.slice(1));
    box.value = state.get("q") || "";
    for (const chooser of choosers) {
      const value = state.get(chooser.name) || "";
      chooser.value = [...chooser.options].some((option) => option.value === value) ? value : "";
    }
  }

  /* a heading becomes a button that sorts its table, within each group */
  function sortable(head) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    const at = [...head.parentElement.children].indexOf(head);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const valueOf = (one) => { const cell = one.row.children[at]; return cell.dataset.s ?? cell.innerText.trim(); };
      const words = new Intl.Collator(SITE.lang() === "zh" ? "zh-Hans" : "en", {numeric: true});
      for (const body of head.closest("table").tBodies) {
        const own = rows.filter((one) => one.body === body).map((one) => ({one, value: valueOf(one)}));
        own.sort((a, b) => (a.value === "") - (b.value === "") || (up ? 1 : -1) * words.compare(a.value, b.value) || a.one.order - b.one.order);
        body.append(...own.map(({one}) => one.row));  // one without a value stays last, whichever way
      }
    });
  }

  for (const head of document.querySelectorAll("table.list thead th[data-sort]")) sortable(head);
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { keep(); show(); });
  document.getElementById("list-all").addEventListener("click", () => {
    form.reset();
    keep();
    show();
  });
  addEventListener("hashchange", () => { read(); show(); });
  SITE.onLanguage(show);
  read();
  show();
})();
