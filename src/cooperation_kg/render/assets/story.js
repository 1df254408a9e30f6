"use strict";
/* A story one step at a time: buttons, arrow keys and dots; the step is in the address (#step-3). */
(() => {
  const story = document.getElementById("story");
  const steps = [...story.querySelectorAll(".step")];
  const nav = document.querySelector(".step-nav");
  const [back, forth, whole] = ["back", "forth", "whole"].map((name) => nav.querySelector(`.${name}`));
  const dots = [...nav.querySelectorAll(".dots a")];
  let all = false;

  const asked = () => Math.max(0, steps.findIndex((step) => `#${step.id}` === location.hash));
  let current = asked();

  function show(moved) {
    steps.forEach((step, index) => { step.hidden = !all && index !== current; });
    dots.forEach((dot, index) => {
      if (index === current) dot.setAttribute("aria-current", "step"); else dot.removeAttribute("aria-current");
    });
    back.disabled = current === 0;
    forth.disabled = current === steps.length - 1;
    story.classList.toggle("one", !all);
    whole.setAttribute("aria-pressed", String(all));
    if (!moved) return;
    steps[current].focus({preventScroll: true});
    const calm = all && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (all) steps[current].scrollIntoView({behavior: calm ? "smooth" : "auto"});
  }

  function go(index) {
    if (index < 0 || index >= steps.length || index === current) return;
    current = index;
    history.replaceState(null, "", `${location.search}#${steps[current].id}`);
    show(true);
  }

  nav.hidden = false;
  story.before(nav);
  back.addEventListener("click", () => go(current - 1));
  forth.addEventListener("click", () => go(current + 1));
  whole.addEventListener("click", () => { all = !all; show(false); });
  dots.forEach((dot, index) => dot.addEventListener("click", (event) => { event.preventDefault(); go(index); }));
  addEventListener("hashchange", () => { current = asked(); show(true); });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, [role=listbox], .scroll")) return;
    if (event.key === "ArrowRight") go(current + 1);
    if (event.key === "ArrowLeft") go(current - 1);
  });
  /* on paper all steps stand one under another */
  addEventListener("beforeprint", () => steps.forEach((step) => { step.hidden = false; }));
  addEventListener("afterprint", () => show(false));
  show(false);
})();
