"use strict";
/* The query page: a question or free SPARQL in, rows out. The engine runs in a worker that has no network. */
const CKG_SPARQL = (() => {
  const data = JSON.parse(document.getElementById("sparql-data").textContent);
  const at = (id) => document.getElementById(`sparql-${id}`);
  const words = {
    own: ["自己写查询", "A query of your own"],
    named: ["可按名提问的问题", "Questions asked by name"],
    asked: ["使用者问过的问题", "What users asked"],
    all: ["不限", "any"],
    name: ["名称、简称、拼音或 id", "a name, short form, pinyin or id"],
    time: ["2018、2018-04 或 2016/2020", "2018, 2018-04 or 2016/2020"],
    editor: ["SPARQL 查询；Esc 再 Tab 可离开", "SPARQL query; Esc then Tab leaves it"],
    loading: ["正在载入图谱与引擎…", "Loading the graph and its engine…"],
    running: ["正在查询…", "Running…"],
    rows: ["{n} 行，用时 {ms} 毫秒；图谱共 {size} 条三元组。", "{n} rows in {ms} ms; the graph has {size} triples."],
    cut: ["表格与 CSV 只有前 {n} 行；要后面的，请在查询末尾加 OFFSET {n}。", "The table and the CSV hold the first {n}; for the rest, end the query with OFFSET {n}."],
    none: ["没有符合的行。没有行不等于没有这回事：数据里没有而已。", "No rows. That the data has none does not mean that there is none."],
    stopped: ["已停止。", "Stopped."],
    slow: ["查询超过 {n} 秒，已停止。请加条件或 LIMIT 后再试。", "Stopped after {n} seconds. Narrow the query, or add a LIMIT."],
    failed: ["引擎没有载入：{why}", "The engine did not load: {why}"],
    needs: ["请填：{what}", "Please give: {what}"],
    unknown: ["找不到“{what}”。", "Nothing is called “{what}”."],
    several: ["“{what}”可能指：{which}。请填 id。", "“{what}” may mean {which}. Give the id."],
    when: ["“{what}”不是时间；请写 2018、2018-04、2018-04-30 或 2016/2020。", "“{what}” is no time; write 2018, 2018-04, 2018-04-30 or 2016/2020."],
    lost: ["没有名为“{what}”的问题。", "There is no question called “{what}”."],
    refused: ["{what} 被拒绝：查询只读本图谱，不连网、不写入。", "{what} is refused: a query reads this graph only; it never dials out or writes."],
    long: ["查询太长或太复杂（{what}）。", "The query is too long or too complex ({what})."],
    line: ["第 {line} 行第 {column} 列：", "Line {line}, column {column}: "],
    from: ["从", "From"],
    to: ["到", "to"],
    both: ["两边都有", "on both sides"],
    pictured: ["{rows} 行里有 {all} 对不同的“{a} → {b}”，画出 {n} 对；粗线是多行。上下位置只为少交叉，没有含义。", "{all} different pairs {a} → {b} in {rows} rows, {n} drawn; a thick line is several rows. Height has no meaning: it keeps lines from crossing."],
    further: ["没有画：其余 {n} 对。", "Not drawn: {n} further pairs."],
    halves: ["没有画：缺一端的 {n} 行。", "Not drawn: {n} rows that lack one side."],
    selves: ["没有画：两端相同的 {n} 行。", "Not drawn: {n} rows whose two sides are the same."],
    beyond: ["没有画：第 {n} 行以后。", "Not drawn: what comes after row {n}."],
    answer: ["答案", "Answer"],
  };
  const say = (key, values = {}) => words[key][SITE.lang() === "zh" ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, className, ...inside) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  };
  const inOwn = (pair) => pair[SITE.lang() === "zh" ? 0 : 1];

  /* terms */
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  const literal = (text, type) => `"${text.replace(/[\\"\n\r\t]/g, (c) => ({"\\": "\\\\", "\"": "\\\"", "\n": "\\n", "\r": "\\r", "\t": "\\t"})[c])}"${type ? `^^<${XSD}${type}>` : ""}`;

  function withValues(question, values) {
    const own = new Set(question.params.flatMap((param) => param.variables));
    return question.sparql.replace(/VALUES \?(\w+) \{ [^{}\n]* \}/g, (line, name) => (own.has(name) ? `VALUES ?${name} { ${values[name] || "UNDEF"} }` : line));
  }

  const lastDay = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
  const two = (n) => String(n).padStart(2, "0");
  function days(text) {
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text.trim());
    if (!found) return null;
    const [year, month, day] = found.slice(1).map((part) => (part === undefined ? 0 : Number(part)));
    if (month > 12 || (found[2] && !month) || (found[3] && (!day || day > lastDay(year, month)))) return null;
    return [`${found[1]}-${two(month || 1)}-${two(day || 1)}`, `${found[1]}-${two(month || 12)}-${two(day || lastDay(year, month || 12))}`];
  }
  function timeTerms(text) {
    const [from, to = from] = text.split("/").map(days);
    if (!from || !to || text.split("/").length > 2 || from[0] > to[1]) throw new Error(say("when", {what: text}));
    return {first_day: literal(from[0], "date"), last_day: literal(to[1], "date"), year: literal(String(Number(to[1].slice(0, 4))), "integer")};
  }

  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{Cc}\p{Cf}]+/gu, "");
  const thingIri = (kind, id) => `${(data.inherited[kind] || []).includes(id) ? data.home : data.base}id/${kind}/${id}`;
  function thing(text, wanted) {
    const [, kindGiven, idGiven] = /^([a-z-]+)\/(.+)$/.exec(text) || [];
    if (kindGiven && (!wanted || kindGiven === wanted)) return `<${thingIri(kindGiven, idGiven)}>`;
    const index = window.CKG_INDEX || {kinds: [], rows: []}, typed = fold(text), exact = [], named = [];
    for (const [kind, id, zh, en, , keys] of index.rows) {
      const name = index.kinds[kind][0];
      if ((wanted && name !== wanted) || name === "page" || name === "measure") continue;
      if (id === text) exact.push([name, id, zh]);
      else if ([zh, en].map(fold).includes(typed) || keys.split("|").includes(typed)) named.push([name, id, zh]);
    }
    const found = exact.length ? exact : named;
    if (found.length > 1) throw new Error(say("several", {what: text, which: found.slice(0, 6).map(([kind, id, zh]) => `${zh} (${kind}/${id})`).join("; ")}));
    if (!found.length) throw new Error(say("unknown", {what: text}));
    return `<${thingIri(found[0][0], found[0][1])}>`;
  }

  /* the values of a question's variables as terms of N-Triples; given: what stands in its fields */
  function terms(question, given) {
    const values = {};
    for (const param of question.params) {
      const typed = (given[param.name] || "").trim(), left = !typed && (param.default === "any" || param.default === null);
      if (left && param.default === null) throw new Error(say("needs", {what: inOwn(param.label)}));
      if (left) continue;
      const value = typed || (param.default === "horizon" ? data.horizon : param.default);
      if (param.type === "time") Object.assign(values, timeTerms(value));
      else if (param.type === "name") values[param.name] = thing(value, param.detail);
      else if (param.type === "concept") {
        const option = param.options.find((one) => one.includes(value));
        if (!option) throw new Error(say("unknown", {what: value}));
        values[param.name] = `<${option[1]}>`;
      } else values[param.name] = literal(value);
    }
    return values;
  }

  /* what must not be asked: the same rules as ckg query */
  const NO_KEYWORDS = String.raw`\\.|"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^${"`"}\\\s]*>|#[^\n]*`;
  const bareOf = (sparql) => sparql.replace(new RegExp(NO_KEYWORDS, "gs"), " ");
  function refuse(sparql) {
    if (sparql.length > data.limits.characters) throw new Error(say("long", {what: sparql.length}));
    const bare = bareOf(sparql);
    const found = /(?<![\w:?$@-])(SERVICE|LOAD|INSERT|DELETE|CLEAR|CREATE|DROP|COPY|MOVE|ADD|FROM)(?![\w:-])/i.exec(bare);
    if (found) throw new Error(say("refused", {what: found[1].toUpperCase()}));
    let depth = 0, deepest = 0, parts = 0;
    for (const character of bare) {
      if ("({[".includes(character)) deepest = Math.max(deepest, depth += 1);
      else if (")}]".includes(character)) depth -= 1;
      if ("{.;,/|!".includes(character)) parts += 1;
    }
    if (deepest > data.limits.nesting) throw new Error(say("long", {what: `( { [ ${deepest}`}));
    if (parts > data.limits.parts) throw new Error(say("long", {what: `{ . ; , / | ! ${parts}`}));
  }
  const isTriples = (sparql) => (/\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i.exec(bareOf(sparql).replace(/\bPREFIX\s+[\w.-]*:/gi, " ")) || [, ""])[1].match(/CONSTRUCT|DESCRIBE/i) !== null;
  /* names with two or more dots are legal SPARQL that the engine does not read */
  function wholeIris(sparql) {
    const declared = new Set([...sparql.matchAll(/\bPREFIX\s+(\w+):/gi)].map((found) => found[1]));
    const dotted = new RegExp(`${NO_KEYWORDS}|(?<![\\w:?$.-])(?<prefix>[a-z]+):(?<local>[\\w-]+(?:\\.[\\w-]+){2,})`, "gs");
    return sparql.replace(dotted, (all, ...rest) => {
      const {prefix, local} = rest.at(-1), space = prefix && data.prefixes[prefix];
      return !space || declared.has(prefix) ? all : `<${space}${local}>`;
    });
  }
  // all on one line before the query: the engine's line numbers are one too many
  const prologue = `${Object.entries(data.prefixes).map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`).join(" ")}\n`;

  /* the worker */
  const loaded = {};
  function script(name) {
    loaded[name] = loaded[name] || new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = `${SITE.root}assets/${name}`;
      element.addEventListener("load", done);
      element.addEventListener("error", () => { delete loaded[name]; failed(new Error(name)); });
      document.head.append(element);
    });
    return loaded[name];
  }

  let engine = null;
  function drop() {
    if (engine) engine.worker.terminate();
    engine = null;
  }
  async function started() {
    if (engine) return engine.ready;
    await Promise.all([script("sparql-engine.js"), script("graph-data.js")]);
    if (engine) return engine.ready;
    const address = URL.createObjectURL(new Blob([window.CKG_ENGINE.worker], {type: "text/javascript"}));
    const worker = new Worker(address), waiting = new Map();
    const made = {worker, waiting, size: 0};
    made.ready = new Promise((done, failed) => {
      worker.onmessage = ({data: told}) => {
        if (told.ready) { made.size = told.ready; URL.revokeObjectURL(address); done(made); return; }
        if (told.id === undefined) { drop(); failed(new Error(told.fault)); return; }
        const then = waiting.get(told.id);
        waiting.delete(told.id);
        if (then) then(told);
      };
      worker.onerror = (fault) => { drop(); failed(new Error(fault.message)); };
      worker.postMessage({wasm: window.CKG_ENGINE.wasm, graph: window.CKG_GRAPH});
    });
    engine = made;
    return made.ready;
  }

  let asked = 0, limit = data.limits.seconds, giveUp = () => {};
  /* Answer SPARQL: {columns, rows, total, took, names, size}; a fault is thrown with what the reader can do. */
  async function ask(sparql) {
    refuse(sparql);
    return new Promise((done, failed) => {
      const id = asked += 1;
      let clock = 0, over = false;
      const end = (fault) => { over = true; clearTimeout(clock); failed(fault); };
      giveUp = (text) => { if (over) return; drop(); end(new Error(text)); };
      const answered = (running, told) => {
        if (over) return;
        over = true;
        clearTimeout(clock);
        if (!told.fault) { done({...told, size: running.size}); return; }
        const place = /error at (\d+):(\d+)(?:\s*:\s*)?/.exec(told.fault), fault = new Error(told.fault);
        if (place) {
          [fault.line, fault.column] = [Math.max(1, Number(place[1]) - 1), Number(place[2])];
          fault.message = say("line", fault) + told.fault.slice(place.index + place[0].length);
        }
        failed(fault);
      };
      started().then((running) => {
        if (over) return;
        const own = giveUp;
        clock = setTimeout(() => own(say("slow", {n: limit})), limit * 1000);
        running.waiting.set(id, (told) => answered(running, told));
        running.worker.postMessage({id, sparql: prologue + wholeIris(sparql), base: data.base, most: data.limits.rows, triples: isTriples(sparql)});
      }, (why) => end(new Error(say("failed", {why: why.message}))));
    });
  }

  /* what is shown */
  function pageOf(iri) {
    for (const base of [data.base, data.home]) {
      const found = iri.startsWith(`${base}id/`) && /^([a-z-]+)\/([^/]+)$/.exec(iri.slice(base.length + 3));
      if (found && data.paged.includes(found[1])) return `${SITE.root}${found[1]}/${found[2]}.html`;
      const said = found && found[1] === "statement" && /^(.+)\.([^.]+)$/.exec(found[2]);
      if (said) return `${SITE.root}source/${said[1]}.html#${said[2]}`;
    }
    return "";
  }
  function shortOf(iri) {
    let best = "";
    for (const [prefix, space] of Object.entries(data.prefixes)) {
      if (iri.startsWith(space) && iri.length > space.length && space.length > (data.prefixes[best] || "").length) best = prefix;
    }
    return best ? `${best}:${iri.slice(data.prefixes[best].length)}` : iri;
  }
  function nameOf(iri, names) {
    const own = names[iri] || {};
    return own[SITE.lang()] || own.zh || own.en || own[""] || "";
  }
  function cell(term, names) {
    const box = make("td");
    if (!term) return box;
    if (term.t !== "i") {
      box.textContent = term.v;
      if (term.l && term.l !== SITE.lang()) { const own = make("span", "", term.v); own.setAttribute("data-of", term.l); box.replaceChildren(own, make("span", "tongue", ` @${term.l}`)); }
      if (/#(integer|decimal|double)$/.test(term.d)) box.className = "number";
      if (/#date$/.test(term.d)) box.className = "day";
      return box;
    }
    box.className = "thing";
    const address = pageOf(term.v), name = nameOf(term.v, names), code = make("code", "", shortOf(term.v));
    const shown = name ? document.createTextNode(name) : code;
    if (address) {
      const link = make("a", "", shown);
      link.href = address;
      SITE.carry(link);
      box.append(link);
    } else box.append(shown);
    if (name) box.append(" ", code);
    return box;
  }

  let answer = null;
  function show() {
    const {columns, rows, names, total} = answer, place = at("answer");
    at("status").textContent = total ? say("rows", {n: total, ms: Math.round(answer.took), size: answer.size}) + (total > rows.length ? say("cut", {n: rows.length}) : "") : say("none");
    const head = make("tr", "", ...columns.map((name) => { const box = make("th", "", name); box.scope = "col"; return box; }));
    const table = make("table", "sparql-rows", make("caption", "", say("answer")), make("thead", "", head), make("tbody", "", ...rows.map((row) => make("tr", "", ...row.map((term) => cell(term, names))))));
    place.replaceChildren(table);
    place.hidden = !rows.length;
    at("csv").hidden = !rows.length;
    at("picture").hidden = columns.length < 2 || !rows.length;
    picture();
  }

  /* the picture: one column on the left, one on the right, what is in both between them */
  const SIDES = [["supporter", "recipient"], ["party", "partner"], ["one", "other"], ["district", "county"], ["city", "county"]];
  const MOST_PAIRS = 120, ROW = 22;
  let ends = null;
  function sides() {
    const {columns, rows} = answer, known = SIDES.find((pair) => pair.every((name) => columns.includes(name)));
    if (ends && ends.of === columns.join(" ")) return ends.pair;
    const things = columns.map((_, i) => i).filter((i) => rows.some((row) => row[i] && row[i].t === "i" && pageOf(row[i].v)));
    const pair = known ? known.map((name) => columns.indexOf(name)) : things.length > 1 ? things.slice(0, 2) : [things[0] || 0, things[0] ? 0 : 1];
    ends = {of: columns.join(" "), pair};
    return pair;
  }
  const SVG = "http://www.w3.org/2000/svg";
  const draw = (tag, attributes, ...inside) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };
  function chooser(key, side) {
    const input = make("select");
    answer.columns.forEach((name, i) => input.append(new Option(name, String(i))));
    input.value = String(ends.pair[side]);
    input.id = `sparql-${key}`;
    input.addEventListener("change", () => { ends.pair[side] = Number(input.value); picture(); at(key).focus(); });
    return make("label", "", `${say(key)} `, input);
  }
  /* pairs of two columns: {from, to, rows} in the order of the rows, and how many rows give none */
  function pairsOf(rows, a, b) {
    const pairs = new Map(), left = {halves: 0, selves: 0};
    const keyOf = (term) => `${term.t}${term.v}`;
    for (const row of rows) {
      if (!row[a] || !row[b]) left.halves += 1;
      else if (keyOf(row[a]) === keyOf(row[b])) left.selves += 1;
      else {
        const key = `${keyOf(row[a])} ${keyOf(row[b])}`, pair = pairs.get(key) || {from: row[a], to: row[b], start: keyOf(row[a]), end: keyOf(row[b]), rows: 0};
        pair.rows += 1;
        pairs.set(key, pair);
      }
    }
    return {pairs: [...pairs.values()], ...left};
  }
  /* every end in one of three columns; each column ordered by where its neighbours stand, so that few lines cross */
  function placed(pairs) {
    const starts = new Set(pairs.map((pair) => pair.start)), stops = new Set(pairs.map((pair) => pair.end)), ends = [...new Set([...starts, ...stops])];
    const columns = [ends.filter((end) => !stops.has(end)), ends.filter((end) => starts.has(end) && stops.has(end)), ends.filter((end) => !starts.has(end))];
    const next = new Map(ends.map((end) => [end, []])), height = {};
    for (const {start, end} of pairs) { next.get(start).push(end); next.get(end).push(start); }
    const stand = (column) => column.forEach((end, i) => { height[end] = (i + 0.5) / column.length; });
    columns.forEach(stand);
    const middle = (end) => next.get(end).reduce((sum, other) => sum + height[other], 0) / next.get(end).length;
    for (const i of [2, 1, 0, 1, 2, 1, 0, 1, 2]) {
      const at = new Map(columns[i].map((end) => [end, middle(end)]));
      columns[i].sort((one, other) => at.get(one) - at.get(other));
      stand(columns[i]);
    }
    return {columns, height};
  }
  const wide = (text) => [...text].reduce((sum, c) => sum + (c > "\u2e7f" ? 12 : 6.8), 0);
  function fitted(text, room) {
    let cut = [...text];
    if (wide(text) <= room) return text;
    while (cut.length > 1 && wide(cut.join("")) + 12 > room) cut = cut.slice(0, -1);
    return `${cut.join("")}…`;
  }
  function picture() {
    const place = at("network"), wanted = at("picture").getAttribute("aria-pressed") === "true" && answer && answer.rows.length && answer.columns.length > 1;
    place.hidden = !wanted;
    place.replaceChildren();
    if (!wanted) return;
    const [a, b] = sides(), {pairs, halves, selves} = pairsOf(answer.rows, a, b), drawn = pairs.slice(0, MOST_PAIRS), {columns, height} = placed(drawn);
    const width = Math.max(320, Math.min(1000, place.clientWidth)), three = columns[1].length > 0;
    const room = Math.min(260, width * (three ? 0.27 : 0.36)), tall = Math.max(...columns.map((column) => column.length)) * ROW, top = 26;
    const x = [room, width / 2, width - room], spot = new Map();
    const terms = new Map(drawn.flatMap(({from, to, start, end}) => [[start, from], [end, to]]));
    columns.forEach((column, i) => column.forEach((end) => spot.set(end, [x[i], top + height[end] * tall, i])));
    const arrow = draw("marker", {id: "sparql-arrow", viewBox: "0 0 8 8", refX: "8", refY: "4", markerWidth: "7", markerHeight: "7", markerUnits: "userSpaceOnUse", orient: "auto"}, draw("path", {class: "arrow", d: "M0 0L8 4L0 8z"}));
    const svg = draw("svg", {viewBox: `0 0 ${width} ${tall + top + 8}`, width, height: tall + top + 8, role: "group", "aria-label": `${answer.columns[a]} → ${answer.columns[b]}`}, draw("defs", {}, arrow));
    for (const [i, name] of [answer.columns[a], say("both"), answer.columns[b]].entries()) {
      if (columns[i].length) svg.append(draw("text", {class: "head", x: x[i], y: 14, "text-anchor": ["end", "middle", "start"][i]}, fitted(name, room - 8)));
    }
    for (const {start, end, rows} of drawn) {
      const [u, v, from] = spot.get(start), [p, q, to] = spot.get(end), bend = from === to ? width * 0.09 : (p - u) / 2, n = (number) => number.toFixed(1);
      svg.append(draw("path", {class: "tie", fill: "none", "marker-end": "url(#sparql-arrow)", "stroke-width": Math.min(5, 1.2 + 0.5 * (rows - 1)).toFixed(1),
        d: `M${n(u + 5)} ${n(v)}C${n(u + bend)} ${n(v)} ${n(from === to ? p + bend : p - bend)} ${n(q)} ${n(from === to ? p + 5 : p - 6)} ${n(q)}`}));
    }
    for (const [end, [u, v, i]] of spot) {
      const term = terms.get(end), name = (term.t === "i" && (nameOf(term.v, answer.names) || shortOf(term.v))) || term.v, page = term.t === "i" && pageOf(term.v);
      const text = draw("text", {x: i === 1 ? u : u + (i ? 10 : -10), y: i === 1 ? v - 6 : v + 4, "text-anchor": ["end", "middle", "start"][i]}, fitted(name, room - 14));
      const node = draw(page ? "a" : "g", {}, draw("title", {}, name), draw("circle", {cx: u, cy: v.toFixed(1), r: 4.5}), text);
      if (page) { node.setAttribute("href", page); SITE.carry(node); }
      svg.append(node);
    }
    const told = [say("pictured", {rows: answer.rows.length, all: pairs.length, n: drawn.length, a: answer.columns[a], b: answer.columns[b]})];
    for (const [key, n] of [["further", pairs.length - drawn.length], ["halves", halves], ["selves", selves]]) if (n) told.push(say(key, {n}));
    if (answer.total > answer.rows.length) told.push(say("beyond", {n: answer.rows.length}));
    place.append(make("p", "sparql-sides", chooser("from", 0), chooser("to", 1)), ...(drawn.length ? [svg] : []), make("figcaption", "muted", told.join(SITE.lang() === "zh" ? "" : " ")));
  }

  function csv(found) {
    const plain = (term) => {
      if (!term) return "";
      const typed = /#(integer|decimal|double|float|boolean|date)$/.test(term.d);
      return !typed && data.formula_signs.some((sign) => term.v.startsWith(sign)) ? `'${term.v}` : term.v;
    };
    const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, "\"\"")}"` : text);
    return [found.columns, ...found.rows.map((row) => row.map(plain))].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
  }
  function download() {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv(answer)], {type: "text/csv;charset=utf-8"}));  // the mark tells a spreadsheet that it is UTF-8
    link.download = "answer.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /* the form */
  const BY_NAME = new Map(data.questions.map((one) => [one.name, one]));
  const ASKED = new Map(data.examples.map((one) => [one.id, one]));
  let chosen = "", filling = false, editor = null;
  function fault(error) {
    at("fault").textContent = error.message;
    at("fault").hidden = false;
    at("status").textContent = "";
    if (error.line && editor) editor.goTo(error.line, error.column);
  }
  const calm = () => { at("fault").hidden = true; };
  const given = () => Object.fromEntries([...at("fields").querySelectorAll("[name]")].map((field) => [field.name, field.value]));
  const text = () => (editor ? editor.text() : "");
  function put(sparql) {
    filling = true;
    if (editor) editor.put(sparql);
    filling = false;
  }

  function field(param, values) {
    const id = `sparql-p-${param.name}`, label = make("label", "", inOwn(param.label));
    label.htmlFor = id;
    const options = param.type === "lang" ? [["zh", "", "中文", "中文"], ["en", "", "English", "English"]] : param.options;
    let input;
    if (options.length) {
      input = make("select");
      if (param.type !== "lang") input.append(new Option(say("all"), ""));
      for (const [notation, , zh, en] of options) input.append(new Option(inOwn([zh, en]), notation));
    } else {
      input = make("input");
      input.type = "text";
      input.placeholder = param.type === "name" ? say("name") : param.type === "time" ? `${say("time")}${param.default === "horizon" ? ` (${data.horizon})` : ""}` : "";
      if (param.type === "name") input.setAttribute("list", suggestions(param.detail));
    }
    input.id = id;
    input.name = param.name;
    input.value = values[param.name] || (param.type === "lang" ? SITE.lang() : "");
    input.addEventListener("change", () => { calm(); refresh(); });
    return make("div", "sparql-field", label, input);
  }
  const listed = new Set();
  function suggestions(kind) {
    const id = `sparql-names-${kind || "all"}`;
    if (listed.has(id)) return id;
    listed.add(id);
    const list = make("datalist");
    list.id = id;
    document.body.append(list);
    script("search-index.js").then(() => {
      for (const [n, own, zh, en] of window.CKG_INDEX.rows) {
        const name = window.CKG_INDEX.kinds[n][0];
        if (kind ? name === kind : name === "place" || name === "organisation") list.append(new Option(`${zh} ${en}`, own));
      }
    }, () => {});
    return id;
  }

  /* the query follows the fields; a field that is not filled yet is left open and said when it is run */
  function refresh() {
    const question = BY_NAME.get(chosen);
    if (!question) return;
    try { put(withValues(question, terms(question, given()))); } catch { put(withValues(question, {})); }
  }
  function choose(name, values = null) {
    chosen = name;
    at("question").value = name;
    const question = BY_NAME.get(name), example = ASKED.get(name.replace(/^asked:/, ""));
    at("fields").replaceChildren(...(question ? question.params.map((param) => field(param, values || question.example)) : []));
    at("explains").textContent = question ? inOwn(question.explains) : "";
    if (question) refresh();
    else if (name.startsWith("asked:") && example) put(example.sparql);
  }
  function options() {
    const group = (key, entries) => { const box = make("optgroup"); box.label = say(key); box.append(...entries.map(([value, shown]) => new Option(shown, value))); return box; };
    const now = chosen;
    at("question").replaceChildren(
      new Option(say("own"), ""),
      group("named", data.questions.map((one) => [one.name, `${inOwn([one.zh, one.en])} (${one.name})`])),
      group("asked", data.examples.map((one) => [`asked:${one.id}`, inOwn([one.zh, one.en])])),
    );
    at("question").value = now;
  }

  const address = (state) => history.replaceState(null, "", `${location.pathname}${location.search}#${new URLSearchParams(state)}`);
  function remember() {
    if (chosen.startsWith("asked:")) address({example: chosen.slice(6)});
    else if (chosen) address({ask: chosen, ...Object.fromEntries(Object.entries(given()).filter(([, value]) => value))});
    else address({query: text()});
  }
  /* what was asked for is brought into sight where it came out below */
  function reveal() {
    const box = at("status").getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight - 220) at("tools").scrollIntoView({block: "start"});
  }
  let turn = 0;
  async function run() {
    const own = turn += 1;
    giveUp(say("stopped"));
    calm();
    const question = BY_NAME.get(chosen);
    at("status").textContent = say(engine ? "running" : "loading");
    at("stop").hidden = false;
    at("run").disabled = true;
    try {
      if (question) {
        if (question.params.some((param) => param.type === "name")) await script("search-index.js").catch(() => {});
        put(withValues(question, terms(question, given())));
      }
      remember();
      const found = await ask(text());
      if (own !== turn) return;
      answer = found;
      show();
      reveal();
    } catch (error) {
      if (own !== turn) return;
      answer = null;
      for (const id of ["answer", "csv", "picture", "network"]) at(id).hidden = true;
      fault(error);
    }
    at("stop").hidden = true;
    at("run").disabled = false;
    document.documentElement.dataset.answered = String(turn);
  }

  function fromAddress() {
    const state = new URLSearchParams(location.hash.slice(1));
    if (state.has("query")) { choose(""); put(state.get("query")); return true; }
    if (state.has("example") && ASKED.has(state.get("example"))) { choose(`asked:${state.get("example")}`); return true; }
    if (state.has("ask")) {
      const name = state.get("ask");
      if (!BY_NAME.has(name)) { fault(new Error(say("lost", {what: name}))); return false; }
      const values = Object.fromEntries(state);
      choose(name, Object.keys(values).length > 1 || !BY_NAME.get(name).params.some((param) => param.default === null) ? values : null);
      return true;
    }
    return false;
  }

  const completions = data.terms.map(([label, zh, en, what]) => ({label, detail: `${zh} ${en}`.trim(), type: what === "class" ? "class" : what.endsWith("property") ? "property" : "constant"}))
    .concat("SELECT DISTINCT WHERE FILTER OPTIONAL UNION VALUES BIND GRAPH ORDER GROUP HAVING LIMIT OFFSET MINUS COUNT CONTAINS LANG STR REGEX".split(" ").map((label) => ({label, type: "keyword"})));
  editor = window.CKG_EDITOR.make(at("editor"), {
    doc: "", label: say("editor"), terms: completions, run,
    changed: () => { if (!filling && chosen) { chosen = ""; at("question").value = ""; at("fields").replaceChildren(); at("explains").textContent = ""; } },
  });
  options();
  at("choose").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  at("question").addEventListener("change", () => { calm(); choose(at("question").value); });
  at("run").addEventListener("click", run);
  at("stop").addEventListener("click", () => giveUp(say("stopped")));
  at("csv").addEventListener("click", download);
  at("picture").addEventListener("click", () => { at("picture").setAttribute("aria-pressed", String(at("picture").getAttribute("aria-pressed") !== "true")); picture(); });
  addEventListener("hashchange", () => { if (fromAddress()) run(); });
  SITE.onLanguage(() => {
    const values = given();
    options();
    if (BY_NAME.has(chosen)) {
      at("fields").replaceChildren(...BY_NAME.get(chosen).params.map((param) => field(param, values)));
      at("explains").textContent = inOwn(BY_NAME.get(chosen).explains);
    }
    editor.label(say("editor"));
    if (answer) show();
  });
  if (fromAddress()) run();
  else choose(BY_NAME.has("pairings") ? "pairings" : data.questions[0].name);

  return {ask, csv, terms, withValues, question: (name) => BY_NAME.get(name), example: (id) => ASKED.get(id), script, setLimit: (seconds) => { limit = seconds; }};
})();
