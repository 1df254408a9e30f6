"use strict";
/* The search box: a combobox (WAI-ARIA 1.2) over everything with a page; its index is loaded when it is first used. */
(() => {
  const MOST_HITS = 12;
  const words = {
    find: ["查找地区、结对、政策、来源…", "Find a place, pairing, policy, source…"],
    label: ["全站查找：汉字、简称、拼音、首字母、曾用名", "Search the site: Chinese, pinyin, initials, English, former names"],
    hits: ["找到的", "What was found"],
    some: ["{n} 项；上下键选择，回车打开", "{n} found; arrow keys to choose, Enter to open"],
    most: ["列出前 {n} 项；多输入几个字可以缩小范围", "the first {n}; type more to narrow down"],
    inside: ["没有叫这个名称的；其中提到：", "Nothing is called that; it mentions:"],
    none: ["没有找到。", "Nothing found. "],
    questions: ["看看可以问哪些问题", "See what can be asked"],
    failed: ["索引没有载入；请用上面的目录。", "The index did not load; use the lists above."],
  };
  const say = (key, values = {}) => words[key][SITE.lang() === "zh" ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const MARKS = /^[《》〈〉“”‘’「」『』"。]+|[《》〈〉“”‘’「」『』"。]+$/g;
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{Cc}\p{Cf}]+/gu, "").replace(MARKS, "");
  const latin = (text) => text.replace(/[^a-z0-9]/g, "");
  const make = (tag, className, ...inside) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  };

  let things = null, waiting = [];

  /* a row of the index as it is searched */
  function unpacked(index) {
    return index.rows.map(([kind, id, zh, en, note, keys]) => {
      const names = [fold(zh), fold(en)];
      return {
        kind: index.kinds[kind][0], kinds: index.kinds[kind].slice(1), id, names: [zh, en || zh], notes: index.notes[note],
        weak: index.kinds[kind][0] === "source" ? index.notes[note].map(fold) : [],  // 人民日报 finds what it printed
        keys: [...names, latin(names[1]), id, ...keys.split("|")].filter(Boolean),
      };
    });
  }

  function load(then) {
    if (things) return then();
    waiting.push(then);
    if (waiting.length > 1) return undefined;
    const script = document.createElement("script");
    script.src = `${SITE.root}assets/search-index.js`;
    const done = () => {
      things = window.CKG_INDEX ? unpacked(window.CKG_INDEX) : [];
      const asked = waiting;
      waiting = [];
      for (const next of asked) next();
    };
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    document.head.append(script);
    return undefined;
  }

  function rankOf(keys, wanted) {
    let best = 3;
    for (const key of keys) {
      if (key === wanted) return 0;
      if (best > 1 && key.startsWith(wanted)) best = 1;
      else if (best > 2 && key.includes(wanted)) best = 2;
    }
    return best;
  }

  /* every word must be found; the whole text found as one name comes first */
  function ranked(typed) {
    const whole = fold(typed), bare = whole.replace(/[〔〕[\]()【】]/g, ""), parts = typed.split(/[\s,，、—→-]+/).map(fold).filter(Boolean);
    if (!whole) return [];
    const found = [];
    for (const thing of things) {
      let rank = rankOf(thing.keys, whole);
      if (rank === 3 && bare !== whole && bare) rank = rankOf(thing.keys, bare);
      if (rank === 3 && parts.length > 1) rank = Math.max(...parts.map((part) => rankOf(thing.keys, part))) < 3 ? 2.5 : 3;
      if (rank === 3 && thing.weak.some((note) => note.includes(whole))) rank = 2.8;
      if (rank < 3) found.push({thing, rank});
    }
    return found.sort((a, b) => a.rank - b.rank).map((hit) => hit.thing);  // a stable sort: the order of the index
  }

  /* 谁帮扶十堰？ is no name, but it mentions one */
  function mentioned(typed) {
    const text = fold(typed);
    const bare = (name) => name.replace(/(?:(?:[壮回]族|维吾尔)?自治[区州县]|地区|[省市区县盟旗])$/u, "");
    const found = [];
    for (const thing of things) {
      if (thing.kind === "source" || thing.kind === "page") continue;
      const names = thing.keys.filter((key) => /\p{Script=Han}/u.test(key) || key.length > 4).flatMap((key) => [key, bare(key)]);
      const length = Math.max(0, ...names.filter((name) => name.length > 1 && text.includes(name)).map((name) => name.length));
      if (length) found.push({thing, length});
    }
    return found.sort((a, b) => b.length - a.length).map((hit) => hit.thing);
  }

  function address(thing) {
    const path = thing.kind === "page" ? thing.id : `${thing.kind}/${encodeURIComponent(thing.id)}.html`;
    return `${SITE.root}${path}?lang=${SITE.lang()}`;
  }

  let boxes = 0;

  function finder(host) {
    const number = (boxes += 1);
    const input = make("input");
    const list = make("ul", "hits");
    const status = make("p", "find-status");
    input.type = "search";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    list.id = `hits-${number}`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    input.setAttribute("aria-controls", list.id);
    status.setAttribute("role", "status");
    status.hidden = true;
    const panel = make("div", "find-panel", list, status);
    panel.hidden = true;
    host.replaceChildren(input, panel);
    let shown = [];

    function showWords() {
      input.placeholder = host.dataset.find === "large" ? say("find") : say("find").replace(/、政策、来源|, policy, source/, "");
      input.setAttribute("aria-label", say("label"));
      list.setAttribute("aria-label", say("hits"));
    }

    function mark(index) {
      [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
      const item = list.children[index];
      if (item) {
        input.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({block: "nearest"});
      } else input.removeAttribute("aria-activedescendant");
    }

    function close() {
      panel.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function option(thing, index) {
      const side = SITE.lang() === "zh" ? 0 : 1;
      const item = make("li", "hit", make("span", "hit-name", thing.names[side]), make("span", "hit-kind", thing.kinds[side]));
      if (side === 1 && thing.names[0] !== thing.names[1]) {
        const own = make("b", "hit-own", thing.names[0]);
        own.lang = "zh-Hans";
        item.firstChild.append(" ", own);
      }
      if (thing.notes[side]) item.append(make("span", "hit-note", thing.notes[side]));
      item.id = `hit-${number}-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => open(thing));
      return item;
    }

    function open(thing) {
      location.href = address(thing);
    }

    function showHits() {
      if (!fold(input.value)) return close();
      const named = ranked(input.value);
      const found = named.length ? named : mentioned(input.value);
      shown = found.slice(0, MOST_HITS);
      list.replaceChildren(...shown.map(option));
      list.hidden = shown.length === 0;
      status.replaceChildren();
      if (shown.length) status.append(found !== named ? say("inside") : say(found.length > MOST_HITS ? "most" : "some", {n: shown.length}));
      else if (!things.length) status.append(say("failed"));
      else {
        const link = make("a", "", say("questions"));
        link.href = `${SITE.root}questions.html`;
        SITE.carry(link);
        status.append(say("none"), link);
      }
      status.hidden = false;
      panel.hidden = false;
      input.setAttribute("aria-expanded", String(shown.length > 0));
      mark(shown.length ? 0 : -1);
      host.dataset.searched = input.value;
      return undefined;
    }

    input.addEventListener("focus", () => load(() => { if (document.activeElement === input && input.value) showHits(); }));
    input.addEventListener("input", () => load(showHits));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const at = [...list.children].findIndex((item) => item.getAttribute("aria-selected") === "true");
      if (event.key === "Escape" && !panel.hidden) { event.preventDefault(); close(); }
      else if (event.key === "Enter" && !panel.hidden && shown.length) { event.preventDefault(); open(shown[Math.max(at, 0)]); }
      else if (event.key === "Enter" && input.value) load(showHits);
      else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !panel.hidden && shown.length) {
        event.preventDefault();
        mark((at + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
      }
    });
    host.addEventListener("focusout", (event) => { if (!host.contains(event.relatedTarget)) close(); });
    SITE.onLanguage(() => { showWords(); if (!panel.hidden) showHits(); });
    showWords();
    return input;
  }

  const inputs = [...document.querySelectorAll("[data-find]")].map(finder);
  /* "/" goes to the search box, as readers of long lists expect */
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !inputs.length) return;
    event.preventDefault();
    inputs[inputs.length - 1].focus();
  });
})();
