// The report of `loopfw probe`.
import { readFileSync } from 'node:fs';
import t from 'tap';
import type { ProbeResult, Result, RuleResult, ScenarioResult } from '../../../src/model/result.js';
import { showOutcome } from '../../../src/report/human/outcome.js';
import { reportProbe } from '../../../src/report/human/probe.js';

const base = JSON.parse(readFileSync(new URL('../every-status.json', import.meta.url), 'utf8')) as Result;
const scenario: ScenarioResult = { ...base.scenarios[0]!, warnings: [] };
const [passed, , eaten] = scenario.probes;
const report = (...scenarios: ScenarioResult[]) => reportProbe({ ...base, scenarios }, { color: false });
const withProbe = (probe: ProbeResult): ScenarioResult => ({ ...scenario, probes: [probe] });

t.test('an answer that was only asked for has no verdict', async (t) => {
  t.equal(
    report(withProbe(passed!)),
    `127.0.0.1 → 127.0.0.2:80/tcp  connected after 0.312 ms, service
  The request reached the server, and its answer reached the client.
`,
  );
});

t.test('one that is not as expected has its verdict, advice and where to read more', async (t) => {
  const lines = report(withProbe({ ...eaten!, journey: eaten!.journey.slice(0, 1) })).split('\n');
  t.equal(
    lines[0],
    '✖ 127.0.0.1 → 127.0.0.1:80/tcp  timeout (proved), answer-eaten by rule 1 no-client: -A web -s 127.0.0.1/32 -j REJECT --reject-with icmp-port-unreachable  failed',
  );
  t.strictSame(lines.slice(-4), [
    '    input   filter web    reject    rule 1 no-client: -A web -s 127.0.0.1/32 -j REJECT --reject-with icmp-port-unreachable',
    '  advice: Give the server an address of its own.',
    '  more: loopfw explain answer-eaten',
    '',
  ]);
});

t.test('several back ends have their names, and one that could not run its error', async (t) => {
  const failed: ScenarioResult = {
    ...scenario,
    backend: 'legacy',
    status: 'error',
    error: { code: 'environment', message: 'no iptables' },
  };
  t.equal(report(failed), 'no iptables\n');
  t.equal(
    report(withProbe(passed!), failed),
    `nft
127.0.0.1 → 127.0.0.2:80/tcp  connected after 0.312 ms, service
  The request reached the server, and its answer reached the client.

legacy
no iptables
`,
  );
});

t.test('the line of the deciding rule is that of the rule with its index and its text', async (t) => {
  const rule = (index: number, text: string, line: number | null): RuleResult => {
    return { index, name: null, text, phase: null, file: null, line, packets: 0, bytes: 0 };
  };
  const decider = { ...eaten!.rule!, index: 1, name: null, text: '-A b' };
  const getLine = (rules: RuleResult[], index: number | null = 1) =>
    / \(line (\d+)\)/.exec(showOutcome({ ...eaten!, rule: { ...decider, index } }, rules))?.[1];
  t.equal(getLine([rule(0, '-A a', 4), rule(1, '-A b', 5)]), '5');
  t.equal(getLine([rule(0, '-A b', 4), rule(1, '-A a', 5), rule(1, '-A b', 6)]), '6', 'of a later rule set');
  t.equal(getLine([rule(1, '-A b', 7)]), '7', 'of a rule set without its first rule');
  t.equal(getLine([rule(0, '-A a', 4), rule(1, '-A a', 5)]), undefined);
  t.equal(getLine([rule(0, '-A b', 4), rule(1, '-A b', null)]), undefined);
  t.equal(getLine([rule(0, '-A b', 4)], null), undefined);
});

t.test('what was not observed', async (t) => {
  t.equal(showOutcome({ ...passed!, observed: null, decided: null, cause: 'unexplained' }, []), 'nothing observed after ? ms, unexplained');
});
