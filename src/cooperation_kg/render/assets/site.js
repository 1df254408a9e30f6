"use strict";
/* What every page of the site does: the language, kept in the address as ?lang=en, and the theme. */
const SITE = (() => {
  const root = document.documentElement;
  const given = new URLSearchParams(location.search);
  const listeners = [];
  const LANGUAGES = ["zh", "en"];
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a page from disk may have no store: the address has it */ } };
  const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  let lang = LANGUAGES.find((known) => known === given.get("lang")) || root.dataset.lang;

  const chosen = (element, name) => element.getAttribute(`data-${name}${name ? "-" : ""}${lang}`);

  function showLanguage() {
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    const title = document.querySelector("title");
    document.title = title.getAttribute(`data-${lang}`) || document.title;
    for (const element of document.querySelectorAll("[data-label-zh]")) element.setAttribute("aria-label", chosen(element, "label"));
    for (const element of document.querySelectorAll("[data-hint-zh]")) element.setAttribute("placeholder", chosen(element, "hint"));
    const button = document.getElementById("language");
    button.textContent = lang === "zh" ? "English" : "中文";
    button.lang = lang === "zh" ? "en" : "zh-Hans";
    for (const link of document.querySelectorAll("a[href]")) carry(link);
    for (const listener of listeners) listener(lang);
  }

  /* a link within the site leads to the same language */
  function carry(link) {
    const href = link.getAttribute("href");
    if (/^[a-z][a-z0-9+.-]*:|^\/\/|^#/i.test(href) || !/\.html(?:$|[?#])/.test(href)) return;
    const [path, mark] = [href.split("#")[0].split("?")[0], href.includes("#") ? href.slice(href.indexOf("#")) : ""];
    link.setAttribute("href", `${path}?lang=${lang}${mark}`);
  }

  /* the two languages are not equally long: what the reader looked at stays where it was */
  function inView() {
    if (scrollY < 40) return null;
    const seen = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
    const element = seen && seen.closest("tr, li, p, h1, h2, h3, figure, table, section");
    return element && {element, top: element.getBoundingClientRect().top};
  }

  function setLanguage(wanted) {
    lang = wanted;
    const address = new URLSearchParams(location.search);
    address.set("lang", lang);
    history.replaceState(null, "", `?${address}${location.hash}`);
    const place = inView();
    showLanguage();
    if (place) scrollBy(0, place.element.getBoundingClientRect().top - place.top);
  }

  function setTheme(name) {
    root.dataset.theme = name;
    remember("ckg-theme", name);
  }

  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  const theme = remembered("ckg-theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  for (const id of ["language", "theme"]) document.getElementById(id).hidden = false;
  document.getElementById("language").addEventListener("click", () => setLanguage(lang === "zh" ? "en" : "zh"));
  document.getElementById("theme").addEventListener("click", () => setTheme(dark() ? "light" : "dark"));
  showLanguage();
  for (const current of document.querySelectorAll(".sections [aria-current]")) {
    const row = current.closest("ul");  // on a narrow screen the row scrolls: the current entry is in sight
    row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }
  root.dataset.ready = "true";

  return {root: document.body.dataset.root, lang: () => lang, onLanguage: (listener) => listeners.push(listener), setLanguage, carry};
})();
