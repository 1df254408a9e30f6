"use strict";
/* One picture of flows at a time; without this script each can be opened by its heading. */
(() => {
  const form = document.querySelector("form[data-choices]");
  if (!form) return;
  const panels = [...document.querySelectorAll("details[data-choice]")];
  CHOICES(form, ({c}) => {
    for (const panel of panels) {
      panel.open = panel.dataset.choice === c;
      panel.hidden = !panel.open;
    }
  }).draw();
})();
