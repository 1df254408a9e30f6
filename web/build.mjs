/* node build.mjs <folder>: writes the bundles and the licences of what is in them, the same bytes every time. */
import {build} from "esbuild";
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const into = process.argv[2];
const used = new Set();

async function bundled(entry, options) {
  const made = await build({
    absWorkingDir: here, entryPoints: [entry], bundle: true, minify: true, write: false, metafile: true, format: "iife", charset: "ascii",
    target: ["chrome109", "firefox115", "safari16.4"], legalComments: "none", logLevel: "error", define: {"import.meta.url": '"file:///none"'}, ...options,
  });
  for (const path of Object.keys(made.metafile.inputs)) {
    const found = /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) used.add(found[1]);
  }
  return made.outputFiles[0].text;
}

function zipped(bytes) {
  const made = gzipSync(bytes, {level: 9});
  made[9] = 255;  // the operating system is not told: the same bytes everywhere
  return made.toString("base64");
}

function licence(name) {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).filter((one) => /^licen[cs]e/i.test(one)).sort()[0];
  const author = typeof about.author === "string" ? about.author : about.author?.name || "";
  const declared = [`${about.license}`, author, about.homepage || about.repository?.url || ""].filter(Boolean).join("\n");
  return {name, version: about.version, licence: about.license, text: file ? readFileSync(join(folder, file), "utf8").trim() : declared};
}

mkdirSync(into, {recursive: true});
const editor = await bundled("editor.js", {globalName: "CKG_EDITOR"});
const worker = await bundled("engine.js", {});
const wasm = zipped(readFileSync(join(here, "node_modules/oxigraph/web_bg.wasm")));
writeFileSync(join(into, "sparql-editor.js"), editor);
writeFileSync(join(into, "sparql-engine.js"), `window.CKG_ENGINE=${JSON.stringify({worker, wasm})};\n`);
writeFileSync(join(into, "licences.json"), `${JSON.stringify([...used].sort().map(licence), null, 1)}\n`);
