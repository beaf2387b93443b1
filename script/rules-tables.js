// Writes the tables of matches, targets and refused words into docs/rules.md, from the rows of the rule language. Needs a build.
// With --check it writes nothing, and fails if the document differs from the rows.
import { readFile, writeFile } from 'node:fs/promises';
import { listRefused } from '../build/rules/extensions/refused.js';
import { MATCHES } from '../build/rules/extensions/match-table.js';
import { TARGETS } from '../build/rules/extensions/target-table.js';
import { GENERAL_OPTIONS } from '../build/rules/language/general-options.js';
import { showProtocol } from '../build/rules/values/protocol.js';
import { printExtensions, printRefused } from './rules-tables/print.js';

const DOCUMENT = 'docs/rules.md';

const refused = [
  ...listRefused(),
  ...Object.entries(TARGETS).flatMap(([what, { reserved }]) =>
    reserved === undefined ? [] : [{ what: `${what} in rules`, why: reserved }],
  ),
  ...GENERAL_OPTIONS.flatMap(({ short, read }) => (typeof read === 'string' ? [{ what: short, why: read }] : [])),
];
const tables = {
  matches: printExtensions(MATCHES, showProtocol),
  targets: printExtensions(TARGETS, showProtocol),
  refused: printRefused(refused),
};

const before = await readFile(DOCUMENT, 'utf8');
const text = Object.entries(tables).reduce(putTable, before);
if (!process.argv.includes('--check')) {
  await writeFile(DOCUMENT, text);
} else if (before !== text) {
  console.error(`${DOCUMENT} is not what the rows make it: run npm run docs:rules`);
  process.exitCode = 1;
}

/** Puts a table between the two comments with its name. */
function putTable(document, [name, table]) {
  const [start, end] = [`<!-- table of ${name} -->\n`, `<!-- end of ${name} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from === -1 || to === -1) {
    throw new Error(`${DOCUMENT} has no place for the table of ${name}`);
  }
  return `${document.slice(0, from)}${start}\n${table}\n${document.slice(to)}`;
}
