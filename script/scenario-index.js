// Writes scenarios/README.md, the index of the scenario library, from the scenario files. Needs a build.
// With --check it writes nothing, and fails if the index differs from the files.
import { readFile, writeFile } from 'node:fs/promises';
import { loadScenarios } from '../dist/index.js';
import { printIndex } from './scenario-index/print-index.js';

const INDEX = 'scenarios/README.md';

const scenarios = await loadScenarios(['scenarios']);
const text = printIndex(scenarios.map((scenario) => ({ ...scenario, file: scenario.file.replace(/^scenarios\//, '') })));
if (!process.argv.includes('--check')) {
  await writeFile(INDEX, text);
} else if ((await readFile(INDEX, 'utf8').catch(() => '')) !== text) {
  console.error(`${INDEX} is not what the scenarios make it: run npm run docs:scenarios`);
  process.exitCode = 1;
}
