// Measures loopfw and other ways to do the same work in one run, and writes the figures. Needs a build, and root.
//   npm run bench                              everything: bench/results.json and docs/performance.md; about a quarter of an hour
//   npm run bench -- --only one,ports --quick  a trial: some rows, less work, fewer runs; writes to .bench/
//   npm run bench -- --print                   only writes the document again, from bench/results.json
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureRows } from './measure-rows.js';
import { printDocument } from './report/print-document.js';
import { reportProgress } from './report-progress.js';
import { rows } from './rows.js';
import { writeWhole } from './write-whole.js';

const WHOLE = { results: 'bench/results.json', document: 'docs/performance.md' };
/** The files of a partial run. The published document always describes one complete run. */
const TRIAL = { results: '.bench/results.json', document: '.bench/performance.md' };

try {
  const { only, quick, print } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      print: { type: 'boolean', default: false },
    },
  }).values;
  const files = only === undefined && !quick ? WHOLE : TRIAL;
  if (!print) {
    const results = await measureRows(only === undefined ? rows : select(only.split(',')), quick, reportProgress);
    await writeWhole(files.results, `${JSON.stringify(results, null, 2)}\n`);
  }
  await writeWhole(files.document, printDocument(JSON.parse(await readFile(files.results, 'utf8'))));
  console.error(`bench: ${files.results} and ${files.document} are written`);
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

function select(ids) {
  const unknown = ids.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0) {
    throw new Error(`there is no ${unknown.join(', ')}; --only takes some of ${rows.map(({ id }) => id).join(',')}`);
  }
  return rows.filter(({ id }) => ids.includes(id));
}
