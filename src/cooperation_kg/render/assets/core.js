/* What every part of the page needs: the data, messages, safe DOM building, colours. */
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (list) => new Map(list.map((item) => [item.id, item]));
  const SVG = "http://www.w3.org/2000/svg";

  const CKG = (window.CKG = {
    data,
    nodes: byId(data.nodes),
    edges: byId(data.edges),
    programmes: byId(data.programmes),
    state: null, // set by model.js
    byLang: (thing, stem) => thing[stem + "_" + CKG.state.lang] || thing[stem + "_zh"] || thing[stem + "_en"] || "",
  });

  CKG.t = function (key, values) {
    const message = data.messages[key];
    let text = message ? message[CKG.state.lang] : key;
    for (const [name, value] of Object.entries(values || {})) text = text.replace("{" + name + "}", value);
    return text;
  };

  /* Build an element; text only ever enters as textContent, links only as http(s). */
  CKG.el = function (tag, options, ...children) {
    const { text, cls, attrs, on } = options || {};
    const element = document.createElement(tag);
    if (cls) element.className = cls;
    if (text !== undefined && text !== null) element.textContent = text;
    for (const [name, value] of Object.entries(attrs || {})) element.setAttribute(name, value);
    for (const [name, handler] of Object.entries(on || {})) element.addEventListener(name, handler);
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };

  CKG.svg = function (tag, attrs, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attrs || {})) element.setAttribute(name, value);
    element.append(...children.flat());
    return element;
  };

  CKG.safeUrl = (url) => (/^https?:\/\/[^\s/]/i.test(url || "") ? url : "");

  CKG.link = function (text, url) {
    const safe = CKG.safeUrl(url);
    if (!safe) return CKG.el("span", { text });
    return CKG.el("a", { text, attrs: { href: safe, rel: "noopener noreferrer", target: "_blank" } });
  };

  /* The same folding as search_keys.fold_key in Python. */
  CKG.fold = (text) => text.normalize("NFKC").toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");

  CKG.isDark = function () {
    const wanted = CKG.state.theme;
    return wanted ? wanted === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  };

  CKG.theme = () => {
    const dark = CKG.isDark();
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    return {
      dark, stage: read("--stage"), ink: read("--ink"), muted: read("--muted"), rule: read("--rule"), ring: read("--ring"),
      dot: read("--role-supporter"), diamond: read("--role-recipient"), triangle: read("--role-both"),
      square: read("--role-party"), year: read("--year"),
      programme: (id) => data.styles[id][dark ? "dark" : "light"],
    };
  };

  /* Blend colour a towards b: 0 gives a, 1 gives b. */
  CKG.mix = function (a, b, share) {
    const part = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
    const channel = (i) => Math.round(part(a, i) * (1 - share) + part(b, i) * share).toString(16).padStart(2, "0");
    return "#" + channel(0) + channel(1) + channel(2);
  };

  CKG.FONT = 'system-ui,-apple-system,"Segoe UI","PingFang SC","Hiragino Sans GB","Microsoft YaHei",' +
    '"Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif';

  CKG.nodeLabel = (node) => (CKG.state.lang === "en" && node.label_en ? node.label_en : node.map_zh);
  CKG.fullLabel = (node) => CKG.byLang(node, "label");
  CKG.programmeName = (id) => CKG.programmes.get(id)[CKG.state.lang] || CKG.programmes.get(id).zh;
  CKG.pairingName = (edge) => CKG.byLang(edge, "name") || CKG.sides(edge);
  CKG.sides = (edge) => CKG.nodeLabel(CKG.nodes.get(edge.source)) + (edge.directed ? " → " : " — ") +
    CKG.nodeLabel(CKG.nodes.get(edge.target));
  CKG.role = function (node) {
    const has = (role) => node.roles.includes(role);
    if (has("supporter")) return has("recipient") ? "both" : "supporter";
    if (has("recipient")) return "recipient";
    return has("party") ? "party" : "participant";
  };
})();
