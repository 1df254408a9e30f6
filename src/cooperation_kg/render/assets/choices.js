"use strict";
/* What a reader chooses above a picture: kept in the address as #y=2018&p=…, shown again from there. */
const CHOICES = (form, show) => {
  const controls = [...form.elements].filter((control) => control.name);
  const isBox = (control) => control.type === "checkbox";
  const valueOf = (control) => (isBox(control) ? String(Number(control.checked)) : control.value);
  const first = new Map(controls.map((control) => [control.name, valueOf(control)]));
  let selected = "";

  function put(control, value) {
    if (isBox(control)) control.checked = value === "1";
    else if (control.localName !== "select" || [...control.options].some((option) => option.value === value && !option.disabled)) control.value = value;
  }

  const state = () => ({...Object.fromEntries(controls.map((control) => [control.name, valueOf(control)])), sel: selected});

  function keep() {
    const said = new URLSearchParams();
    for (const control of controls) if (valueOf(control) !== first.get(control.name)) said.set(control.name, valueOf(control));
    if (selected) said.set("sel", selected);
    history.replaceState(null, "", `${location.pathname}${location.search}${[...said].length ? `#${said}` : ""}`);
  }

  function read() {
    if (location.hash && !location.hash.includes("=")) return;
    const said = new URLSearchParams(location.hash.slice(1));
    for (const control of controls) put(control, said.get(control.name) ?? first.get(control.name));
    selected = said.get("sel") || "";
  }

  /* the words of options, and the year beside its slider, in the reader's language */
  function say() {
    for (const element of form.querySelectorAll("option[data-zh], optgroup[data-zh]")) {
      const text = element.getAttribute(`data-${SITE.lang()}`);
      if (element.localName === "option") element.textContent = text;
      else element.label = text;
    }
    for (const range of form.querySelectorAll("input[type=range]")) {
      const box = form.elements.all;
      range.form.querySelector(`output[for="${range.id}"]`).textContent = box && box.checked ? "—" : range.value;
      range.disabled = Boolean(box && box.checked);
    }
  }

  const draw = () => { say(); show(state()); };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { keep(); draw(); });
  addEventListener("hashchange", () => { read(); draw(); });
  SITE.onLanguage(draw);
  read();
  return {state, draw, select: (what) => { selected = what; keep(); draw(); }};
};

/* elements without markup: text is only ever text */
const MAKE = (name, attributes = {}, ...children) => {
  const element = document.createElementNS(attributes.xmlns || "http://www.w3.org/1999/xhtml", name);
  for (const [key, value] of Object.entries(attributes)) if (key !== "xmlns" && value !== null) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

/* years as runs, "1996-1998 2001" */
const YEARS = {
  has: (text, year) => text.split(" ").filter(Boolean).some((run) => {
    const [low, high = low] = run.split("-").map(Number);
    return low <= year && year <= high;
  }),
  list: (text) => text.split(" ").filter(Boolean).flatMap((run) => {
    const [low, high = low] = run.split("-").map(Number);
    return Array.from({length: high - low + 1}, (_, at) => low + at);
  }),
  say: (text) => text.replaceAll("-", "–").replaceAll(" ", SITE.lang() === "zh" ? "、" : ", "),
};
