// The report of `loopfw probe`.
import { readFileSync } from 'node:fs';
import t from 'tap';
import type { ProbeResult, Result, ScenarioResult } from '../../../src/model/result.js';
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
    '    input  filter web    reject    rule 1 no-client: -A web -s 127.0.0.1/32 -j REJECT --reject-with icmp-port-unreachable',
    '  advice (tried: refused after 0.2 ms): Give the server an address of its own.',
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

t.test('the deciding rule is named with its place in its file', async (t) => {
  const show = (place: { file: string | null; line: number | null }) =>
    /by (.*):/.exec(showOutcome({ ...eaten!, rule: { ...eaten!.rule!, index: 1, name: null, text: '-A b', ...place } }))?.[1];
  t.equal(show({ file: 'a/rules.v6', line: 5 }), 'rule 1 (rules.v6:5)');
  t.equal(show({ file: 'a/x.nft', line: null }), 'rule 1');
  t.equal(show({ file: null, line: null }), 'rule 1');
});

t.test('what was not observed', async (t) => {
  t.equal(showOutcome({ ...passed!, observed: null, decided: null, cause: 'unexplained' }), 'nothing observed after ? ms, unexplained');
});
