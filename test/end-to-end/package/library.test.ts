// loopfw as other programs import it, by its package name.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { loadScenarios, type Result, runSuite, SpecError } from 'loopfw';
import t from 'tap';
import { printDiagnostic } from '../../../src/report/shared/diagnostics.js';
import { ROOT } from '../../support/package.js';

t.test('reads, runs and tells how far it is', async (t) => {
  const scenarios = await loadScenarios([`${ROOT}/scenarios/reject.json`, `${ROOT}/scenarios/drop.json`]);
  const seen: string[] = [];
  const result: Result = await runSuite(scenarios, { onScenario: ({ name }) => seen.push(name) });
  t.match(result, { version: 1, aborted: false, summary: { scenarios: 2, passed: 6, failed: 0 } });
  // They run at the same time: either may end first.
  t.strictSame(seen.sort(), scenarios.map(({ name }) => name).sort());
});

t.test('an aborted run leaves out what had not finished', async (t) => {
  const scenarios = await loadScenarios([`${ROOT}/scenarios/reject.json`, `${ROOT}/scenarios/drop.json`]);
  const controller = new AbortController();
  const result = await runSuite(scenarios, { signal: controller.signal, onScenario: () => controller.abort() });
  t.match(result, { aborted: true, summary: { scenarios: 1 } });
  const early = await runSuite(scenarios, { signal: AbortSignal.abort() });
  t.match(early, { aborted: true, summary: { scenarios: 0, probes: 0 } });
});

t.test('mistakes are an error with all diagnostics', async (t) => {
  const folder = `${ROOT}/test/input/bad`;
  const goldens = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  // One by one: in a folder, what does not look like a scenario would be left out.
  const files = goldens.map((name) => `${folder}/${name.replace(/\.txt$/, '.json')}`);
  const error = await loadScenarios(files).catch((reason: unknown) => reason);
  t.type(error, SpecError);
  t.strictSame(
    (error as SpecError).diagnostics.map(({ file, ...where }) => `${printDiagnostic({ file: basename(file), ...where })}\n`).join(''),
    goldens.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join(''),
  );
});
