/* Finding a party or pairing by characters, short form, pinyin, initials or a former name. */
(function () {
  "use strict";
  const { data, el } = CKG;
  const input = document.getElementById("search"), list = document.getElementById("results"), said = document.getElementById("search-said");
  let hits = [], active = -1;

  function score(keys, typed) {
    let best = 0;
    for (const key of keys) {
      const here = key === typed ? 3 : key.startsWith(typed) ? 2 : typed.length > 1 && key.includes(typed) ? 1 : 0;
      if (here > best) best = here;
    }
    return best;
  }

  CKG.find = function (text) {
    const typed = CKG.fold(text);
    if (!typed) return [];
    const found = [];
    for (const node of data.nodes) found.push({ kind: "place", id: node.id, score: score(node.keys, typed) * 10 + 2, weight: CKG.degree.get(node.id), node });
    for (const edge of data.edges) found.push({ kind: "pairing", id: edge.id, score: score(edge.keys, typed) * 10, weight: 0, edge });
    return found.filter((hit) => hit.score > 9).sort((a, b) => b.score - a.score || b.weight - a.weight || (a.id < b.id ? -1 : 1)).slice(0, 12);
  };

  function alsoKnown(node, typed) {
    const shown = [CKG.fullLabel(node), node.map_zh];
    return [node.short_zh, ...node.aliases, node.label_en].find((name) => name && !shown.includes(name) && CKG.fold(name).includes(typed)) || "";
  }

  function option(hit, i) {
    const typed = CKG.fold(input.value);
    const parts = hit.kind === "place"
      ? [el("span", { cls: "name", text: CKG.fullLabel(hit.node) }), el("span", { cls: "muted", text: [alsoKnown(hit.node, typed), CKG.levelName(hit.node.level)].filter(Boolean).join(" · ") })]
      : [CKG.lineSample({ programme: hit.edge.programme, status: "certain", directed: hit.edge.directed, length: 24 }), el("span", { cls: "name", text: CKG.pairingName(hit.edge) }), el("span", { cls: "muted", text: CKG.sides(hit.edge) })];
    return el("li", { attrs: { role: "option", id: "hit-" + i, "aria-selected": String(i === active) }, on: { mousedown: (event) => { event.preventDefault(); take(i); } } }, ...parts);
  }

  function draw() {
    list.replaceChildren(...hits.map(option));
    const open = hits.length > 0;
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", "hit-" + active);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
    said.textContent = !CKG.fold(input.value) ? "" : open ? CKG.t("search_found", { n: hits.length }) : CKG.t("search_none");
    said.classList.toggle("sr", open);
  }

  function take(i) {
    const hit = hits[i];
    if (!hit) return;
    hits = [];
    active = -1;
    input.value = "";
    draw();
    CKG.update({ place: "", pairing: "", [hit.kind]: hit.id }, { showPanel: true });
  }

  function keys(event) {
    if (event.isComposing) return; // an input method is still choosing characters
    if (event.key === "ArrowDown" && hits.length) active = (active + 1) % hits.length;
    else if (event.key === "ArrowUp" && hits.length) active = (active - 1 + hits.length) % hits.length;
    else if (event.key === "Enter") return void take(active < 0 ? 0 : active);
    else if (event.key === "Escape") { hits = []; active = -1; input.value = ""; event.stopPropagation(); }
    else return;
    event.preventDefault();
    draw();
  }

  input.addEventListener("input", () => { hits = CKG.find(input.value); active = hits.length ? 0 : -1; draw(); });
  input.addEventListener("keydown", keys);
  input.addEventListener("blur", () => { hits = []; active = -1; list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); });
})();
