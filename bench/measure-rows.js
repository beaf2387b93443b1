import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMachine } from './describe-machine.js';
import { compileFloor } from './competitors/floor.js';
import { findMissing } from './competitors/needs.js';
import { takeTurns } from './take-turns.js';

/**
 * Measures all rows, and returns the content of results.json.
 * @throws if an answer was wrong: its figure would mean nothing
 */
export async function measureRows(rows, quick, reportProgress) {
  if (process.getuid() !== 0) {
    throw new Error('this needs root: an ordinary user cannot give the kernel 10,000 rules at once, as one competitor is asked to');
  }
  const missing = await findMissing();
  const machine = await describeMachine(missing);
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-bench-'));
  try {
    await chmod(folder, 0o755); // the ordinary user reads the scenarios
    if (!missing.some(({ name }) => name === 'cc')) {
      await compileFloor(folder);
    }
    const measured = [];
    for (const row of rows) {
      measured.push({ id: row.id, cases: await measureCases(row, { quick, folder, missing, reportProgress }) });
    }
    return { version: 1, takenOn: new Date().toISOString().slice(0, 10), quick, machine, missing, rows: measured };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureCases(row, { quick, folder, missing, reportProgress }) {
  const cases = [];
  const isPossible = ({ needs }) => !missing.some(({ name }) => name === needs);
  const possible = (await row.makeCases({ quick, folder })).filter(isPossible);
  for (const { name, size, commands, repetitions = 5, entries } of possible) {
    const onRun = (entry, turn, ms) => reportProgress(`${row.id} · ${name} · ${entry} · run ${turn + 1} · ${Math.round(ms)} ms`);
    cases.push({ name, size, commands, entries: await takeTurns(entries.filter(isPossible), quick ? 2 : repetitions, onRun) });
  }
  return cases;
}
