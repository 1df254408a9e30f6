/* The worker: the store and the engine. It gets the WebAssembly and the graph once, then queries one after another. */
import {initSync, namedNode, Store} from "oxigraph/web.js";

const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean";
let store = null;

async function unpacked(base64) {
  const packed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const KINDS = {uri: "i", bnode: "b", literal: "l", triple: "q"};
/* a term as plain data: i an IRI, b a blank node, l a literal with language or datatype, q a quoted triple */
const ofResult = (term) => term && {t: KINDS[term.type], v: term.type === "triple" ? JSON.stringify(term.value) : term.value, l: term["xml:lang"] || "", d: term.datatype || ""};
const ofQuad = (term) => ({t: {NamedNode: "i", BlankNode: "b", Literal: "l"}[term.termType] || "q", v: term.value || term.toString(), l: term.language || "",
  d: term.datatype && !term.language ? term.datatype.value : ""});

function answered(sparql, base, most, triples) {
  const options = {base_iri: base, use_default_graph_as_union: true};
  if (triples) {
    const quads = store.query(sparql, options), columns = ["subject", "predicate", "object"];
    return {columns, rows: quads.slice(0, most).map((quad) => columns.map((name) => ofQuad(quad[name]))), total: quads.length};
  }
  const found = JSON.parse(store.query(sparql, {...options, results_format: "json"}));
  if ("boolean" in found) return {columns: ["ask"], rows: [[{t: "l", v: String(found.boolean), l: "", d: BOOLEAN}]], total: 1};
  const columns = found.head.vars, bindings = found.results.bindings;
  return {columns, rows: bindings.slice(0, most).map((row) => columns.map((name) => ofResult(row[name]) || null)), total: bindings.length};
}

/* what the things in an answer are called, so that the page can say it */
function named(rows) {
  const names = {};
  for (const row of rows) for (const term of row) {
    if (!term || term.t !== "i" || term.v in names) continue;
    names[term.v] = {};
    for (const quad of store.match(namedNode(term.v), namedNode(LABEL), null, null)) names[term.v][quad.object.language] = quad.object.value;
  }
  return names;
}

self.onmessage = async ({data}) => {
  try {
    if (data.wasm) {
      initSync({module: await unpacked(data.wasm)});
      const graph = await unpacked(data.graph);
      store = new Store();
      store.load(graph, {format: "application/trig", lenient: true, no_transaction: true});
      self.postMessage({ready: store.size});
      return;
    }
    const started = performance.now();
    const answer = answered(data.sparql, data.base, data.most, data.triples);
    const took = performance.now() - started;
    self.postMessage({id: data.id, ...answer, took, names: named(answer.rows)});
  } catch (fault) {
    self.postMessage({id: data.id, fault: String(fault && fault.message || fault)});
  }
};
