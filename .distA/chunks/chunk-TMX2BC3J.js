import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  getItems,
  getMember,
  getRulesetPathProblem,
  getShownPath,
  parseJson,
  resolveDocument
} from "./chunk-MQ5BWLLD.js";
import {
  SpecError
} from "./chunk-PBR43GQL.js";

// dist/spec/find-scenario-files.js
import { promises as fs } from "node:fs";

// dist/spec/describe-file-error.js
var REASONS = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  ELOOP: "a loop of symbolic links",
  ENOTDIR: "a part of the path is no folder",
  ENAMETOOLONG: "the path is too long",
  EISDIR: "expected a file, found a folder",
  ERR_INVALID_ARG_VALUE: "no path has a NUL character"
};
function describeFileError(error) {
  if (!(error instanceof Error) || !("code" in error)) {
    throw error;
  }
  return REASONS[String(error.code)] ?? `cannot be read: ${String(error.code)}`;
}

// dist/spec/find-scenario-files.js
var STDIN = "-";
async function findScenarioFiles(path) {
  if (path === STDIN) {
    return [{ path, real: STDIN }];
  }
  const kind = await getKind(path);
  if ("problem" in kind) {
    return [kind];
  }
  if (!kind.isFolder) {
    return [kind];
  }
  const found = [];
  await searchFolder(kind, [], /* @__PURE__ */ new Set(), found);
  if (found.length === 0) {
    return [{ path, problem: "the folder has no *.json or *.jsonc file" }];
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}
async function searchFolder(folder, above, seen, found) {
  seen.add(folder.real);
  let names;
  try {
    names = await fs.readdir(folder.path);
  } catch (error) {
    found.push({ path: folder.path, problem: describeFileError(error) });
    return;
  }
  for (const name of names) {
    if (name.startsWith(".") || name === "node_modules") {
      continue;
    }
    const kind = await getKind(`${folder.path}${folder.path.endsWith("/") ? "" : "/"}${name}`);
    if ("problem" in kind || !kind.isFolder) {
      if (/\.jsonc?$/.test(name)) {
        found.push(kind);
      }
    } else {
      await searchInner(kind, [...above, folder.real], seen, found);
    }
  }
}
async function searchInner(folder, above, seen, found) {
  if (above.includes(folder.real)) {
    found.push({ path: folder.path, problem: "the folder is inside of itself, by a symbolic link" });
  } else if (!seen.has(folder.real)) {
    await searchFolder(folder, above, seen, found);
  }
}
async function getKind(path) {
  try {
    const stats = await fs.stat(path);
    if (!stats.isFile() && !stats.isDirectory()) {
      return { path, problem: "expected a file or a folder, found neither" };
    }
    return { path, real: await fs.realpath(path), isFolder: stats.isDirectory() };
  } catch (error) {
    return { path, problem: describeFileError(error) };
  }
}

// dist/spec/read-rulesets.js
import { promises as fs3 } from "node:fs";

// dist/spec/read-scenario-text.js
import { constants, promises as fs2 } from "node:fs";
var MOST_BYTES = 8 * 1024 * 1024;
var TOO_LARGE = { problem: `larger than ${MOST_BYTES / 1024 / 1024} MiB` };
async function readScenarioText(path) {
  try {
    const read = path === STDIN ? await readStdin() : await readFile(path);
    return "problem" in read ? read : decode(read.bytes);
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}
async function readFile(path) {
  const file = await fs2.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) {
      return { problem: "expected a file, found something else" };
    }
    return stats.size > MOST_BYTES ? TOO_LARGE : await collect(file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}
function readStdin() {
  return collect(process.stdin);
}
async function collect(chunks) {
  const all = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MOST_BYTES) {
      return TOO_LARGE;
    }
    all.push(chunk);
  }
  return { bytes: Buffer.concat(all) };
}
function decode(bytes) {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { problem: "expected UTF-8 text" };
  }
}

// dist/spec/read-rulesets.js
async function readRulesets(document, scenarioFile, known) {
  const texts = /* @__PURE__ */ new Map();
  for (const file of listFiles(document)) {
    const path = getShownPath(scenarioFile, file);
    const content = known.get(path) ?? await readInside(getShownPath(scenarioFile, "") || "./", path);
    known.set(path, content);
    texts.set(file, content);
  }
  return texts;
}
async function readRuleset(path) {
  if (path === STDIN) {
    return readScenarioText(path);
  }
  try {
    const stats = await fs3.stat(path);
    return stats.isFile() ? await readScenarioText(path) : { problem: "expected a file, found something else" };
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}
function listFiles(document) {
  const root = { pointer: "", value: document };
  const scenarios = Array.isArray(document) ? getItems(root) : [root];
  const files = scenarios.map((scenario) => getMember(getMember(scenario, "ruleset"), "file").value);
  return [...new Set(files.filter((file) => typeof file === "string"))].filter((file) => getRulesetPathProblem(file) === null);
}
async function readInside(folder, path) {
  try {
    const [root, real] = [await fs3.realpath(folder), await fs3.realpath(path)];
    if (real !== root && !real.startsWith(root === "/" ? root : `${root}/`)) {
      return { problem: "a symbolic link leads out of the scenario's folder" };
    }
    return await readRuleset(real);
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}

// dist/spec/load-scenarios.js
async function loadScenarios(paths, { ruleset, selects = () => true } = {}) {
  const instead = ruleset === void 0 ? null : { path: getShownName(ruleset), content: await readRuleset(ruleset), isFor: selects };
  const rulesets = /* @__PURE__ */ new Map();
  const scenarios = [];
  const diagnostics = [];
  const loaded = /* @__PURE__ */ new Set();
  for (const path of paths) {
    if (path === STDIN && loaded.has(STDIN)) {
      diagnostics.push(makeFileDiagnostic(path, "standard input can be read only once"));
    }
    for (const found of await findScenarioFiles(path)) {
      if ("real" in found && loaded.has(found.real)) {
        continue;
      }
      if ("real" in found) {
        loaded.add(found.real);
      }
      const file = await loadFile(found, rulesets, instead);
      scenarios.push(...file.scenarios);
      diagnostics.push(...file.diagnostics);
    }
  }
  if (diagnostics.length > 0) {
    throw new SpecError(forgetRepeated(diagnostics));
  }
  return scenarios;
}
async function loadFile(found, known, instead) {
  const read = "problem" in found ? found : await readScenarioText(found.path);
  if ("problem" in read) {
    return { scenarios: [], diagnostics: [makeFileDiagnostic(found.path, read.problem)] };
  }
  const file = getShownName(found.path);
  const json = parseJson(read.text);
  const rulesets = await readRulesets("value" in json ? json.value : null, file, known);
  return resolveDocument(json, file, { rulesets, instead });
}
function forgetRepeated(diagnostics) {
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}
function makeFileDiagnostic(path, message) {
  return { file: getShownName(path), line: 1, column: 1, message, pointer: null };
}
function getShownName(path) {
  return path === STDIN ? "<stdin>" : path;
}

export {
  loadScenarios
};
