// What is said of rules that no packet reached is true: each suggested probe, added to its scenario, makes the kernel count a packet at the
// rule, and no rule that a packet reached would have been called unreachable.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { loadScenarios } from '../../../src/input/load-scenarios.js';
import type { Result, RuleResult, ScenarioResult, Unreached } from '../../../src/model/result.js';
import type { ScenarioInput } from '../../../src/model/scenario-file.js';
import { addUnreached } from '../../../src/run/coverage.js';
import { LIBRARY } from '../../support/library.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const FOLDER = `${LIBRARY}/rule-sets`;
const FILES = ['ferm-router', 'ferm-router-nft', 'shorewall-server', 'ufw-server-ipv6'].map((name) => `${name}.json`);

interface Suggested {
  scenario: ScenarioInput;
  rule: RuleResult;
}

/** The scenario of a result with the probe for one of its rules, and no other. */
function addProbe(result: ScenarioResult, rule: RuleResult, { probe, adds }: Unreached, name: string): Suggested {
  const file = JSON.parse(readFileSync(`${FOLDER}/${result.file.split('/').at(-1)}`, 'utf8')) as ScenarioInput & Record<string, object>;
  const added = Object.entries(adds ?? {}).map(([key, value]) => [key, { ...file[key], ...(value as object) }]);
  const scenario = { ...file, ...Object.fromEntries(added), name, probes: [probe] } as ScenarioInput;
  return { scenario, rule };
}

async function runCovered(files: string[], ordinary: boolean): Promise<Result> {
  return readResult(await loopfw(['run', '--coverage', '-r', 'json', ...files], { ordinary }));
}

for (const ordinary of [false, true]) {
  t.test(`each suggested probe reaches its rule${ordinary ? ', for an ordinary user' : ''}`, async (t) => {
    const files = ordinary ? FILES.slice(0, 1) : FILES;
    const { scenarios, coverage } = await runCovered(
      files.map((name) => `${FOLDER}/${name}`),
      ordinary,
    );
    const suggested = scenarios.flatMap((result, place) =>
      result.rules.flatMap((rule) =>
        rule.unreached?.class === 'missing' ? [addProbe(result, rule, rule.unreached, `${place}, rule ${rule.index}`)] : [],
      ),
    );
    t.equal(suggested.length, coverage?.missing);
    t.ok(suggested.length >= (ordinary ? 5 : 45), String(suggested.length));
    const folder = t.testdir();
    cpSync(FOLDER, folder, { recursive: true });
    writeFileSync(`${folder}/suggested.json`, JSON.stringify(suggested.map(({ scenario }) => scenario)));
    const ran = readResult(await loopfw(['run', '-r', 'json', '--no-advice', `${folder}/suggested.json`], { ordinary }));
    for (const [place, { rule, scenario }] of suggested.entries()) {
      const result = ran.scenarios[place];
      const packets = result?.rules.find(({ index }) => index === rule.index)?.packets ?? 0;
      t.ok(packets > 0, `${scenario.name}: ${rule.text}`);
      t.equal(result?.probes.at(-1)?.status, 'passed', `${scenario.name} expects what the rules do`);
    }
  });
}

t.test('no rule that a packet reached would be called unreachable', async (t) => {
  const scenarios = (await loadScenarios([LIBRARY])).filter(({ phases }) => phases.every(({ ruleSet }) => ruleSet?.natives.length !== 1));
  const { scenarios: results } = await runCovered([LIBRARY], false);
  let asked = 0;
  for (const scenario of scenarios) {
    const result = results.find(({ name, backend }) => name === scenario.name && backend === 'nft');
    if (result === undefined) {
      continue;
    }
    // As if no packet had reached any of those that one has reached.
    const turned = result.rules.map(({ unreached: _, packets, ...rule }) => ({
      ...rule,
      packets: packets === null ? null : packets > 0 ? 0 : 1,
    }));
    const { rules } = addUnreached({ scenario, usual: 'nft' }, { ...result, rules: turned }, []);
    const wrong = rules.filter(({ unreached }) => unreached?.class === 'never' || unreached?.class === 'unsendable');
    asked += turned.filter(({ packets }) => packets === 0).length;
    t.strictSame(
      wrong.map(({ text, unreached }) => ({ text, unreached })),
      [],
      scenario.name,
    );
  }
  t.ok(asked > 300, String(asked));
});

t.test('native rules that rewrite packets, and fields beside the ports', async (t) => {
  const rules = `table ip t {
  chain rewritten {
    tcp dport set 81 counter
    tcp dport 81 counter
  }
  chain out {
    type filter hook output priority -150;
    tcp dport 80 tcp flags syn counter jump rewritten
    tcp sport 81 ct state invalid counter
  }
}
`;
  const probe = (port: number) => ({ from: '127.0.0.1', to: `tcp://127.0.0.2:${port}`, expect: 'timeout', timeoutMs: 300 });
  const folder = t.testdir({
    'rules.nft': rules,
    'idle.json': JSON.stringify({ name: 'idle', ruleset: { file: 'rules.nft' }, probes: [{ ...probe(9), expect: 'closed' }] }),
    'busy.json': JSON.stringify({ name: 'busy', ruleset: { file: 'rules.nft' }, probes: [probe(80)] }),
  });
  const { scenarios } = await runCovered([`${folder}/idle.json`, `${folder}/busy.json`], false);
  const [idle = [], busy = []] = scenarios.map((scenario) => scenario.rules);
  t.equal(busy.length, 4);
  for (const [place, { text, packets }] of busy.entries()) {
    t.ok(packets !== null && packets > 0, text);
    t.notOk(['never', 'unsendable'].includes(idle[place]?.unreached?.class ?? ''), text);
  }
});
