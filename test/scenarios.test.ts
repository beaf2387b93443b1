// The scenario library and one scenario file a behaviour, on the real kernel, as root and as an ordinary user.
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import type { Result } from '../src/model/result.js';
import type { RuleInput, ScenarioInput } from '../src/model/scenario-file.js';
import { loopfw } from './support/loopfw.js';
import { ROOT } from './support/package.js';
import { getVerdicts, readResult } from './support/result.js';

const NOTHING = '-A INPUT -s 127.255.255.254';
const FOLDERS = ['scenarios', 'test/behaviours'];

for (const folder of FOLDERS) {
  t.test(`${folder} passes; an ordinary user and the legacy back end see the same`, async (t) => {
    const [own, ordinary, legacy] = await Promise.all([
      loopfw(['run', '-r', 'json', '--backend', 'nft', folder]),
      loopfw(['run', '-r', 'json', '--backend', 'nft', folder], { ordinary: true }),
      loopfw(['run', '-r', 'json', '--backend', 'legacy', folder]),
    ]);
    const result = readResult(own);
    t.equal(own.exitCode, 0, own.stderr);
    t.equal(result.environment.rootless, process.getuid?.() !== 0);
    t.equal(readResult(ordinary).environment.rootless, true);
    t.match(result.environment.iptables, /^v\d/);
    t.strictSame(getVerdicts(readResult(ordinary)), getVerdicts(result));
    t.strictSame(getVerdicts(readResult(legacy)), getVerdicts(result));
    t.equal(getEvidence(result), 'trace');
    t.equal(getEvidence(readResult(legacy)), 'nflog');
  });
}

/** Where the evidence of all probes comes from. */
function getEvidence({ scenarios }: Result): string {
  return [...new Set(scenarios.flatMap(({ probes }) => probes.map(({ evidence }) => evidence)))].join();
}

t.test('full patience gives the same verdicts as proof', async (t) => {
  // Those whose clients wait for a second anyway show nothing here.
  const short = readFolder('scenarios')
    .filter(({ tags }) => !tags?.includes('ipv6') && !tags?.includes('blocking'))
    .map((scenario) => ({
      ...scenario,
      probes: (scenario.probes ?? []).map((probe) => ({ ...probe, timeoutMs: Math.min(probe.timeoutMs ?? 1200, 1200) })),
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
        for (const { expected, status } of readResult(ended).scenarios.flatMap(({ probes }) => probes)) {
          t.notOk(expected.cause === 'rejected' && status === 'passed', 'what expects a rejection does not pass');
        }
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
    typeof rule === 'string' ? NOTHING : { name: rule.name, chain: 'INPUT', source: '127.255.255.254', target: 'ACCEPT' },
  );
  const accepting = rules.map(toAccept);
  const variants = accepting.some((rule, place) => rule !== rules[place]) ? [removed, accepting] : [removed];
  return variants.map((changed) => ({ ...scenario, rules: changed }));
}

function toAccept(rule: string | RuleInput): string | RuleInput {
  if (typeof rule === 'string') {
    return rule.replace(/REJECT.*/, 'ACCEPT');
  }
  const { rejectWith: _, ...rest } = rule;
  return rule.target === 'REJECT' ? { ...rest, target: 'ACCEPT' } : rule;
}
