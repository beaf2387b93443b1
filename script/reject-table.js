// Measures on this kernel what clients see of every REJECT, and writes docs/reject-types.md. Needs a build.
import { writeFile } from 'node:fs/promises';
import { makeEstablishedTables } from './reject-table/established.js';
import { makeHookTables } from './reject-table/hook.js';
import { measure } from './reject-table/measure.js';
import { printDocument } from './reject-table/print-document.js';
import { getInputRows, getOutputRows } from './reject-table/rows.js';

const DOCUMENT = 'docs/reject-types.md';
/** A shorter run reports no progress. */
const QUIET_MS = 3000;

const started = performance.now();
const reportProgress = (line) => {
  if (performance.now() - started > QUIET_MS) {
    console.error(line);
  }
};

try {
  const sections = {
    input: makeHookTables('INPUT', getInputRows),
    output: makeHookTables('OUTPUT', getOutputRows),
    established: makeEstablishedTables(),
  };
  await writeFile(DOCUMENT, printDocument(await measure(sections, reportProgress)));
} catch (error) {
  console.error(`${DOCUMENT} is not written:\n${error.message}`);
  process.exitCode = 1;
}
