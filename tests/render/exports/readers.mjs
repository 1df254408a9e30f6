// Reads exports with the packages of tests/web and prints what they found, as JSON: node readers.mjs FOLDER FILES
import {createRequire} from "node:module";
import {readFileSync} from "node:fs";
import {basename, join} from "node:path";

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const Graph = require("graphology");
const gexf = require("graphology-gexf");
const cytoscape = require("cytoscape");
const {Parser} = require("n3");
const jsonld = require("jsonld");

const network = (nodes, edges) => ({nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges)});

// what is to be read may name no document on the network
const offline = () => { throw new Error("a document was asked for"); };

const readers = {
  gexf(text) {
    const graph = gexf.parse(Graph.MultiDirectedGraph, text);
    return network(
      graph.mapNodes((id, held) => [id, held.label]),
      graph.mapEdges((id, held, source, target) => [id, [source, target, held.label, held.first ?? null, held.last ?? null]]),
    );
  },
  cyjs(text) {
    const graph = cytoscape({...JSON.parse(text), headless: true});
    return network(
      graph.nodes().map((node) => [node.id(), node.data("label")]),
      graph.edges().map((edge) => [edge.id(), [
        edge.source().id(), edge.target().id(), edge.data("label"), edge.data("first") ?? null, edge.data("last") ?? null,
      ]]),
    );
  },
  ttl: (text) => new Parser({format: "Turtle"}).parse(text).length,
  trig: (text) => new Parser({format: "TriG"}).parse(text).length,
  nt: (text) => new Parser({format: "N-Triples"}).parse(text).length,
  nq: (text) => new Parser({format: "N-Quads"}).parse(text).length,
  jsonld: (text) => jsonld.toRDF(JSON.parse(text), {format: "application/n-quads", documentLoader: offline}),
};

const found = {};
for (const file of files) {
  const kind = basename(file).split(".").pop();
  found[kind] = await readers[kind](readFileSync(file, "utf8"));
}
process.stdout.write(JSON.stringify(found));
