// The scenario library and one scenario file a behaviour, on the real kernel, as root and as an ordinary user.
import t, { type Test } from 'tap';
import { loadScenarios } from '../../../src/input/load-scenarios.js';
import type { Backend, Result } from '../../../src/model/result.js';
import { judge, pair } from '../../predict/comparison.js';
import { listRulesets, readLibrary } from '../../support/library.js';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';
import { getVerdicts, readResult } from '../../support/result.js';

const FOLDERS = ['scenarios', 'test/end-to-end/scenarios/behaviours'];
/** The legacy back end has no nft rule sets. */
const NATIVE = readLibrary().flatMap(({ scenario }) =>
  listRulesets(scenario).some(({ format }) => format === 'nft') ? [scenario.name] : [],
);

for (const folder of FOLDERS) {
  t.test(`${folder} passes; an ordinary user and the legacy back end see the same`, async (t) => {
    const [own, ordinary, legacy] = await Promise.all([
      loopfw(['run', '-r', 'json', '--backend', 'nft', folder]),
      loopfw(['run', '-r', 'json', '--backend', 'nft', folder], { ordinary: true }),
      loopfw(['run', '-r', 'json', '--backend', 'legacy', '--grep', `^(?!(?:${NATIVE.join('|')})$)`, folder]),
    ]);
    const result = readResult(own);
    t.equal(own.exitCode, 0, own.stderr);
    t.equal(result.environment.rootless, process.getuid?.() !== 0);
    t.equal(readResult(ordinary).environment.rootless, true);
    t.match(result.environment.iptables, /^v\d/);
    t.strictSame(getVerdicts(readResult(ordinary)), getVerdicts(result));
    t.strictSame(getVerdicts(readResult(legacy)), getVerdicts(withoutNative(result)));
    t.equal(getEvidence(result), 'trace');
    t.equal(getEvidence(readResult(legacy)), 'nflog');
    await comparePredictions(t, folder, 'nft', result);
    await comparePredictions(t, folder, 'legacy', readResult(legacy));
  });
}

/** What the rules alone say is what the kernel did. */
async function comparePredictions(t: Test, folder: string, backend: Backend, result: Result): Promise<void> {
  const loaded = await loadScenarios([`${ROOT}/${folder}`]);
  const { differences, summary, unknown } = judge(pair(loaded, backend, result));
  const probes = result.scenarios.flatMap((scenario) => scenario.probes).length;
  t.comment(`${folder}, ${backend}: ${summary}`);
  t.strictSame(differences, []);
  t.ok(unknown < probes / 3, `${unknown} of ${probes} are unknown`);
}

function withoutNative(result: Result): Result {
  return { ...result, scenarios: result.scenarios.filter(({ name }) => !NATIVE.includes(name)) };
}

/** Where the evidence of all probes comes from. */
function getEvidence({ scenarios }: Result): string {
  return [...new Set(scenarios.flatMap(({ probes }) => probes.map(({ evidence }) => evidence)))].join();
}
