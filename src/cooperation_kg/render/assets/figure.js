"use strict";
/* Pictures of ties and bars: one year or all of them, and a line beneath that says what is pointed at. */
(() => {
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const both = (zh, en) => [make("span", {lang: "zh-Hans"}, zh), make("span", {lang: "en"}, en)];
  const STATUSES = ["certain", "possible", "undated", "absent"];
  const within = (runs, year) => (runs || "").split(" ").filter(Boolean).some((run) => {
    const [first, last = first] = run.split("-").map(Number);
    return first <= year && year <= last;
  });

  function statusIn(mark, year) {
    const {c, m, own} = mark.dataset;
    if (year === null || (!c && !m)) return own;
    return within(c, year) ? "certain" : within(m, year) ? "possible" : "absent";
  }

  function showYear(figure, year) {
    for (const mark of figure.querySelectorAll("svg a[aria-label]")) {
      if (!mark.dataset.own) mark.dataset.own = STATUSES.find((status) => mark.classList.contains(status)) || "";
      if (!mark.dataset.own) continue;
      mark.classList.remove(...STATUSES, "gone");
      const status = statusIn(mark, year);
      mark.classList.add(status);
      if (year !== null && status === "absent") mark.classList.add("gone");
    }
  }

  function addSlider(figure) {
    const [first, last] = figure.dataset.years.split("-").map(Number);
    if (first === last) return;
    const range = make("input", {type: "range", min: first, max: last, step: 1, value: last,
      "aria-label": "年份", "data-label-zh": "年份", "data-label-en": "Year"});
    const shown = make("output", {});
    const all = make("button", {type: "button", "aria-pressed": "true"}, ...both("全部年份", "All years"));
    const show = (year) => {
      showYear(figure, year);
      shown.textContent = year === null ? "" : String(year);
      all.setAttribute("aria-pressed", String(year === null));
    };
    range.addEventListener("input", () => show(Number(range.value)));
    all.addEventListener("click", () => show(null));
    figure.prepend(make("div", {class: "one-year"}, all, range, shown));
    if (SITE.lang() === "en") range.setAttribute("aria-label", "Year");
  }

  /* what is pointed at or focused, in words */
  function addLine(figure) {
    const line = make("p", {class: "pointed", "aria-hidden": "true"}, "\u00a0");
    const say = (event) => {
      const mark = event.target.closest("[data-label-zh]");
      if (mark && mark.closest("svg") && mark.localName !== "svg") line.textContent = mark.getAttribute("aria-label");
    };
    figure.addEventListener("mouseover", say);
    figure.addEventListener("focusin", say);
    const svg = figure.querySelector("svg");
    (svg.closest(".scroll") || svg).after(line);
  }

  for (const figure of document.querySelectorAll("figure.ego, figure.pointable")) {
    if (figure.dataset.years) addSlider(figure);
    addLine(figure);
  }
})();
