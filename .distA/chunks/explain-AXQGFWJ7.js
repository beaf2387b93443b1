import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  EXIT_CODES
} from "./chunk-XGCILRCD.js";
import {
  makePaint
} from "./chunk-XVINQOOH.js";
import {
  didYouMean
} from "./chunk-KXRMXOJA.js";
import {
  UsageError
} from "./chunk-PBR43GQL.js";
import "./chunk-LL3SQHP3.js";

// dist/cli/explain.js
import { readFile } from "node:fs/promises";

// dist/report/get-section.js
function getSection(markdown, heading) {
  const lines = markdown.split("\n");
  const start = lines.findIndex((line) => line.replace(/^#+ /, "") === heading && line.startsWith("#"));
  if (start === -1) {
    return "";
  }
  const level = lines[start].indexOf(" ");
  const length = lines.slice(start + 1).findIndex((line) => isHeading(line) && line.indexOf(" ") <= level);
  return lines.slice(start, length === -1 ? void 0 : start + 1 + length).join("\n");
}
function getSummary(markdown) {
  return markdown.split("\n").find((line) => line !== "" && !isHeading(line)) ?? "";
}
function isHeading(line) {
  return /^#+ /.test(line);
}

// dist/report/show-page.js
var INDENT = "    ";
function showPage(markdown, paint) {
  let isCode = false;
  const lines = markdown.split("\n").flatMap((line) => {
    if (line.startsWith("```")) {
      isCode = !isCode;
      return [];
    }
    return [isCode ? `${INDENT}${line}`.trimEnd() : showProse(line, paint)];
  });
  return `${lines.join("\n").trim()}
`;
}
function showProse(line, { bold }) {
  const text = line.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1");
  return /^#+ /.test(text) ? bold(text) : text.replace(/\*\*(.+?)\*\*/g, (_, strong) => bold(strong));
}

// dist/spec/find-page.js
var page = (file) => ({ file: `${file}.md`, heading: null });
var outcome = (heading) => ({ file: "outcomes.md", heading });
var PAGES = {
  outcomes: {
    connected: outcome("connected"),
    refused: outcome("refused"),
    unreachable: outcome("unreachable"),
    denied: outcome("denied"),
    reset: outcome("reset"),
    timeout: outcome("timeout"),
    closed: outcome("closed")
  },
  causes: {
    service: page("service"),
    "no-listener": page("no-listener"),
    rejected: page("rejected"),
    dropped: page("dropped"),
    "answer-eaten": page("answer-eaten"),
    silent: page("silent"),
    local: page("local"),
    unexplained: page("unexplained")
  },
  statuses: {
    passed: page("passed"),
    failed: page("failed"),
    inconclusive: page("inconclusive"),
    error: page("error")
  }
};
function findPage(word) {
  const pages = new Map(Object.values(PAGES).flatMap((each) => Object.entries(each)));
  const found = pages.get(word.toLowerCase());
  if (found === void 0) {
    const suggestion = didYouMean(word, pages.keys());
    throw new UsageError(`no page for ${JSON.stringify(word)}${suggestion}: loopfw explain lists the words`);
  }
  return found;
}

// dist/cli/explain.js
var FOLDER = new URL("../../docs/verdicts/", import.meta.url);
var TITLES = {
  outcomes: "outcomes: what the client saw",
  causes: "causes: what made it so",
  statuses: "statuses: is it what the scenario says?"
};
async function explainCommand(word, hasColors) {
  const paint = makePaint(hasColors);
  process.stdout.write(word === void 0 ? await listWords(paint) : showPage(await readPage(findPage(word)), paint));
  return EXIT_CODES.passed;
}
async function readPage({ file, heading }) {
  const text = await readFile(new URL(file, FOLDER), "utf8");
  return heading === null ? text : getSection(text, heading);
}
async function listWords(paint) {
  const width = Math.max(...Object.values(PAGES).flatMap((pages) => Object.keys(pages).map((word) => word.length)));
  const groups = Object.entries(PAGES).map(async ([group, pages]) => {
    const lines = Object.entries(pages).map(async ([word, page2]) => `  ${word.padEnd(width)}  ${showPage(getSummary(await readPage(page2)), paint)}`);
    return `${paint.bold(TITLES[group])}
${(await Promise.all(lines)).join("")}`;
  });
  return `${(await Promise.all(groups)).join("\n")}
The whole page: loopfw explain WORD
`;
}
export {
  explainCommand
};
