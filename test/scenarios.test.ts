// The scenario library and one scenario file a behaviour, on the real kernel, as root and as an ordinary user.
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import type { RuleInput, ScenarioInput } from '../src/model/scenario-file.js';
import { loopfw } from './support/loopfw.js';
import { ROOT } from './support/package.js';
import { getVerdicts, readResult } from './support/result.js';

const FOLDERS = ['scenarios', 'test/behaviours'];

for (const folder of FOLDERS) {
  t.test(`${folder} passes, and an ordinary user sees the same`, async (t) => {
    const [own, ordinary] = [await loopfw(['run', '-r', 'json', folder]), await loopfw(['run', '-r', 'json', folder], { ordinary: true })];
    const result = readResult(own);
    t.equal(own.exitCode, 0, own.stderr);
    t.equal(result.environment.rootless, process.getuid?.() !== 0);
    t.equal(readResult(ordinary).environment.rootless, true);
    t.match(result.environment.iptables, /^v\d/);
    t.strictSame(getVerdicts(readResult(ordinary)), getVerdicts(result));
    t.end();
  });
}

t.test('full patience gives the same verdicts as proof', async (t) => {
  const short = readFolder('scenarios').map((scenario) => ({
    ...scenario,
    probes: scenario.probes.map((probe) => ({ ...probe, timeoutMs: 1500 })),
  }));
  const [proof, full] = await Promise.all(
    ['proof', 'full'].map((patience) => loopfw(['run', '-r', 'json', '--patience', patience, '-'], { input: JSON.stringify(short) })),
  );
  t.strictSame(getVerdicts(readResult(full!)), getVerdicts(readResult(proof!)));
  const decided = readResult(full!).scenarios.flatMap(({ probes }) => probes.map((probe) => probe.decided));
  t.strictSame(new Set(decided), new Set(['observed']));
});

t.test('a scenario fails without its rules, and with each REJECT turned into ACCEPT', async (t) => {
  for (const scenario of readFolder('scenarios')) {
    await t.test(scenario.name, async (t) => {
      for (const weakened of getWeakened(scenario)) {
        const ended = await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(weakened) });
        t.equal(ended.exitCode, 1, JSON.stringify(weakened.rules));
        t.ok(readResult(ended).summary.failed + readResult(ended).summary.inconclusive > 0);
      }
    });
  }
});

function readFolder(folder: string): ScenarioInput[] {
  return readdirSync(`${ROOT}/${folder}`)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => JSON.parse(readFileSync(`${ROOT}/${folder}/${name}`, 'utf8')) as ScenarioInput | ScenarioInput[]);
}

/** Without rules, what expects a rule must still be a valid scenario: rules that match nothing take the place of those removed. */
function getWeakened(scenario: ScenarioInput): ScenarioInput[] {
  const rules = scenario.rules ?? [];
  const removed = rules.map((rule) =>
    typeof rule === 'string'
      ? '-A INPUT -s 127.255.255.254'
      : { name: rule.name, chain: 'INPUT', source: '127.255.255.254', target: 'ACCEPT' },
  );
  const accepting = rules.flatMap((rule, place) => {
    const accept = toAccept(rule);
    return accept === null ? [] : [rules.toSpliced(place, 1, accept)];
  });
  return [removed, ...accepting].map((changed) => ({ ...scenario, rules: changed }));
}

function toAccept(rule: string | RuleInput): string | RuleInput | null {
  if (typeof rule === 'string') {
    return rule.includes('REJECT') ? rule.replace(/REJECT.*/, 'ACCEPT') : null;
  }
  const { rejectWith, ...rest } = rule;
  return rule.target === 'REJECT' || rejectWith !== undefined ? { ...rest, target: 'ACCEPT' } : null;
}
