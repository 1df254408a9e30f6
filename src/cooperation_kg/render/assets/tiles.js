"use strict";
/* The tile map: squares shaded for what is chosen, and the partners of the one pointed at. */
(() => {
  const data = JSON.parse(document.getElementById("tiles-data").textContent);
  const box = document.getElementById("tiles");
  const panel = document.getElementById("tile-says");
  const hint = [...panel.childNodes];
  const zh = () => SITE.lang() === "zh";
  const pick = (one, other) => (zh() ? one : other);
  const name = (place) => data.places[place][zh() ? 0 : 1];
  const LOOKS = ["s1", "s2", "s3", "s4", "s5", "unsure", "untold"];
  let shown = new Map();
  let pointed = "";

  const status = (tie, year) => (tie.u ? "undated" : YEARS.has(tie.c, year) ? "certain" : YEARS.has(tie.m, year) ? "possible" : "absent");

  /* partners by name with the surest status */
  function partners(ties, side, year) {
    const found = new Map();
    for (const tie of ties) {
      const own = status(tie, year);
      if (!["certain", "possible"].includes(own) || !tie.a || tie.s === tie.r) continue;
      if (found.get(tie[side]) !== "certain") found.set(tie[side], own);
    }
    return [...found].sort((a, b) => (a[1] + a[0] < b[1] + b[0] ? -1 : 1));
  }

  function tally(place, {p, y, below}) {
    const year = Number(y);
    const own = data.ties.filter((tie) => (tie.s === place || tie.r === place) && (below === "1" || tie.d) && (!p || data.programmes[tie.p][0] === p));
    const states = own.map((tie) => status(tie, year));
    return {
      n: ["certain", "possible"].map((wanted) => states.filter((state) => state === wanted).length),
      s: partners(own.filter((tie) => tie.s === place), "r", year),
      r: partners(own.filter((tie) => tie.r === place), "s", year),
    };
  }

  const count = (held, show) => (show === "n" ? held.n : ["certain", "possible"].map((wanted) => held[show].filter(([, own]) => own === wanted).length));
  const text = ([certain, possible]) => (possible ? `${certain ? `${certain}+` : ""}${possible}?` : certain ? String(certain) : "");
  const list = (some) => some.map(([place, own]) => name(place) + (own === "possible" ? "?" : "")).join(pick("、", ", ")) || pick("没有数据", "no data");

  function draw(state) {
    shown = new Map();
    for (const tile of box.querySelectorAll("a.province")) {
      const held = tally(tile.dataset.place, state);
      const numbers = count(held, state.show);
      const sum = numbers[0] + numbers[1];
      shown.set(tile.dataset.place, held);
      tile.classList.remove(...LOOKS);
      tile.classList.add(...(sum ? [`s${1 + data.steps[state.show === "n" ? "n" : "partners"].filter((step) => sum >= step).length}`, ...(numbers[0] ? [] : ["unsure"])] : ["untold"]));
      tile.querySelector(".count").textContent = text(numbers);
      const what = {n: [["组结对", "pairings"]], s: [["个受援省", "provinces supported"]], r: [["个支援省", "supporting provinces"]]}[state.show][0];
      const say = [`${data.places[tile.dataset.place][0]}：${state.y}年确定${numbers[0]}${what[0]}，可能${numbers[1]}`, `${data.places[tile.dataset.place][1]}: ${numbers[0]} certain and ${numbers[1]} possible ${what[1]} in ${state.y}`];
      tile.setAttribute("data-label-zh", say[0]);
      tile.setAttribute("data-label-en", say[1]);
      tile.setAttribute("aria-label", pick(...say));
    }
    const programme = data.programmes.find(([own]) => own === state.p);
    for (const look of ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "pn"]) box.classList.toggle(look, Boolean(programme) && programme[1] === look);
    const steps = [1, ...data.steps[state.show === "n" ? "n" : "partners"]];
    box.querySelectorAll("[data-key]").forEach((key, at) => { key.textContent = at === 4 ? `${steps[4]}+` : steps[at + 1] - 1 > steps[at] ? `${steps[at]}–${steps[at + 1] - 1}` : String(steps[at]); });
    const words = {n: ["结对数", "Pairings"], s: ["支援了几个省", "Provinces supported"], r: ["受几个省支援", "Supporting provinces"]}[state.show];
    const level = state.below === "1" ? pick("省级以下的计在所在省", "those below the province under their provinces") : pick("只算省级之间", "between provinces only");
    const filled = [...shown.values()].filter((held) => text(count(held, state.show))).length;
    document.getElementById("tiles-says").textContent = pick(`${state.y}年，${words[0]}，${level}：${filled}格有数，${shown.size - filled}格没有数据。`, `${words[1]} in ${state.y}, ${level}: ${filled} squares have a number, ${shown.size - filled} no data.`);
    point(pointed);
  }

  function point(place) {
    pointed = place;
    const held = shown.get(place);
    if (!held) { panel.replaceChildren(...hint); return; }
    const heading = MAKE("h2", {}, name(place));
    const lines = [[pick("结对数：", "Pairings: "), text(held.n) || pick("没有数据", "no data")], [pick("支援：", "Supports: "), list(held.s)], [pick("受谁支援：", "Supported by: "), list(held.r)]];
    panel.replaceChildren(heading, ...lines.map(([word, said]) => MAKE("p", {}, MAKE("b", {}, word), said)));
  }

  for (const event of ["mouseover", "focusin"]) box.addEventListener(event, ({target}) => {
    const tile = target.closest("a.province");
    if (tile) point(tile.dataset.place);
  });
  CHOICES(document.querySelector("form[data-choices]"), draw).draw();
})();
