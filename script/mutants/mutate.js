// Changes the sources of the pure rooms, one small change (a mutant) at a time, and counts the changes that no test of the room notices.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { ROOMS } from './rooms.js';

const FOLDER = '.mutants';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { jobs: { type: 'string', default: '2' } } });
const unknown = positionals.filter((name) => !Object.hasOwn(ROOMS, name));
if (unknown.length > 0) {
  console.error(`mutants: no room is called ${unknown.join(', ')}; there are ${Object.keys(ROOMS).join(', ')}`);
  process.exit(2);
}

mkdirSync(FOLDER, { recursive: true });
const rows = [];
for (const room of positionals.length > 0 ? positionals : Object.keys(ROOMS)) {
  const started = performance.now();
  const mutants = await mutate(ROOMS[room], room);
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  writeFileSync(`${FOLDER}/${room}.txt`, survivors.map(describe).join(''));
  rows.push({ room, ...count(mutants), seconds: Math.round((performance.now() - started) / 1000) });
}
console.table(rows);

async function mutate({ sources, tests, leftOut }, room) {
  const testFiles = tests
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith('.test.ts') && !leftOut.includes(file))
    .sort();
  return new Stryker({
    mutate: sources.map((folder) => `${folder}/**/*.ts`),
    testFiles,
    leftOut,
    warnings: { unknownOptions: false },
    testRunner: 'tap-in-process',
    plugins: [`${import.meta.dirname}/tap-runner.js`],
    coverageAnalysis: 'perTest',
    concurrency: Number(values.jobs),
    reporters: ['progress-append-only', 'html', 'json'],
    htmlReporter: { fileName: `${FOLDER}/${room}.html` },
    jsonReporter: { fileName: `${FOLDER}/${room}.json` },
    tempDirName: `${FOLDER}/work`,
    ignorePatterns: ['/.tap', '/build', '/bench', `/${FOLDER}`],
    logLevel: 'warn',
  }).runMutationTest();
}

function count(mutants) {
  const is = (...wanted) => mutants.filter(({ status }) => wanted.includes(status)).length;
  const [killed, survived, uncovered] = [is('Killed', 'Timeout'), is('Survived'), is('NoCoverage')];
  const score = ((100 * killed) / (killed + survived + uncovered)).toFixed(1);
  return {
    mutants: mutants.length,
    killed,
    survived,
    'no coverage': uncovered,
    errors: is('RuntimeError', 'CompileError'),
    'score %': score,
  };
}

/** One line: where the mutant is, what was there and what is there instead. */
function describe({ fileName, location: { start, end }, mutatorName, replacement, status }) {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  lines.push(lines.pop().slice(0, end.column - 1));
  lines[0] = lines[0].slice(start.column - 1);
  const [original, mutant] = [lines.join('\n'), replacement].map((text) => text.replaceAll(/\s+/g, ' '));
  const place = `${relative('.', fileName)}:${start.line}:${start.column}`;
  return `${place} ${status === 'NoCoverage' ? 'not run' : 'survived'}, ${mutatorName}: ${original} → ${mutant}\n`;
}
