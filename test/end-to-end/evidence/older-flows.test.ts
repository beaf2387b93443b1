// A flow that is older than a NAT rule: what the reports say of it, and a client of a name with several addresses.
import t from 'tap';
import type { ProbeResult, Result } from '../../../src/model/result.js';
import { type Ended, loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const WAYS = [
  { backend: 'nft', ordinary: false },
  { backend: 'legacy', ordinary: true },
];

async function runAs(
  { backend, ordinary }: (typeof WAYS)[number],
  scenario: object,
): Promise<{ ended: Ended; result: Result; probes: ProbeResult[] }> {
  const ended = await loopfw(['run', '-r', 'json', '--backend', backend, '-'], { input: JSON.stringify(scenario), ordinary });
  const result = readResult(ended);
  return { ended, result, probes: result.scenarios.flatMap(({ probes }) => probes) };
}

const serve = (address: string, banner: string) => ({ protocol: 'udp', address, port: 53, banner });
const dnat = (address: string) => `-t nat -A OUTPUT -p udp -d 127.0.0.2 --dport 53 -j DNAT --to-destination ${address}`;
const DECIDED_ONCE = "NAT is decided with a flow's first packet";

for (const way of WAYS) {
  t.test(`a rule that changed nothing is named where only an ICMP error answers (${way.backend})`, async (t) => {
    const { probes } = await runAs(way, {
      name: 'a port that was closed before',
      servers: { new: serve('127.0.0.3', 'new') },
      clients: { fixed: { address: '127.0.0.1', port: 40000 } },
      rules: ['-A INPUT -m conntrack --ctstate INVALID -j DROP'],
      probes: [{ from: 'fixed', to: 'udp://127.0.0.2:53', expect: 'closed' }],
      phases: [{ name: 'moved', rules: [dnat('127.0.0.3')], probes: [{ from: 'fixed', to: 'udp://127.0.0.2:53', expect: 'connected' }] }],
    });
    t.match(probes[1], { status: 'failed', cause: 'no-listener', adviceTrial: { outcome: 'connected', changed: [] } });
    t.match(probes[1]?.explanation, `This flow is older than rule 0 (${dnat('127.0.0.3')}), and ${DECIDED_ONCE}: the rule matched`);
    t.match(probes[1]?.advice, /^Delete the flow/);
  });

  t.test(`the rule that was not asked is named (${way.backend})`, async (t) => {
    const toNew = { outcome: 'connected', reply: 'new' };
    const { ended, probes } = await runAs(way, {
      name: 'moved twice',
      servers: { old: serve('127.0.0.2', 'old'), new: serve('127.0.0.3', 'new'), newer: serve('127.0.0.4', 'newer') },
      clients: { fixed: { address: '127.0.0.1', port: 40000 } },
      rules: ['-A INPUT -m conntrack --ctstate INVALID -j DROP'],
      probes: [
        { from: 'fixed', to: 'old', expect: 'connected' },
        { from: '127.0.0.1', to: 'old', open: 'kept', expect: 'connected' },
      ],
      phases: [
        {
          name: 'moved',
          rules: [dnat('127.0.0.3')],
          probes: [
            { from: 'fixed', to: 'old', timeoutMs: 200, expect: toNew },
            { use: 'kept', timeoutMs: 200, expect: toNew },
            { from: '127.0.0.1', to: 'old', expect: toNew, open: 'moved' },
          ],
        },
        { name: 'moved again', rules: [dnat('127.0.0.4')], probes: [{ use: 'moved', timeoutMs: 200, expect: { reply: 'newer' } }] },
        { name: 'the same rule', rules: [dnat('127.0.0.3'), '-A INPUT -j ACCEPT'], probes: [{ use: 'moved', expect: toNew }] },
        { name: 'no rule', rules: ['-t nat -A OUTPUT -p tcp -j REDIRECT'], probes: [{ use: 'moved', expect: toNew }] },
      ],
    });
    t.equal(ended.exitCode, 1);
    const [, , fixed, kept, fresh, again, same, without] = probes;
    for (const probe of [fixed, kept]) {
      t.match(probe, { status: 'failed', cause: 'service', observed: { outcome: 'connected', reply: 'old' } });
      t.match(probe?.explanation, `This flow is older than rule 0 (${dnat('127.0.0.3')}), and ${DECIDED_ONCE}.`);
      t.match(
        probe?.advice,
        /^Delete the flow: "conntrack": "flush" in this phase, .* conntrack -D -p udp\. Another way, not tried: a new source port/,
      );
    }
    t.match(fresh, { status: 'passed' });
    t.notMatch(fresh?.explanation, DECIDED_ONCE);
    t.match(again?.explanation, `${DECIDED_ONCE}, and the flow still goes to 127.0.0.3:53.`);
    t.match(same, { status: 'passed' });
    t.notMatch(same?.explanation, DECIDED_ONCE, 'the rule says what the flow does');
    t.match(without, { status: 'passed' });
    t.match(
      without?.explanation,
      `This flow is older than the rule set, and ${DECIDED_ONCE}: it still goes to 127.0.0.3:53, as its first packet did.`,
    );
  });

  t.test(`a flow without an answer asks the rule, which changes nothing (${way.backend})`, async (t) => {
    const { probes } = await runAs(way, {
      name: 'asked in vain',
      servers: { old: serve('127.0.0.2', 'old'), new: serve('127.0.0.3', 'new') },
      clients: { fixed: { address: '127.0.0.1', port: 40000 } },
      rules: ['-t raw -A OUTPUT -p udp --sport 53 -j DROP', '-A INPUT -m conntrack --ctstate INVALID -j DROP'],
      probes: [{ from: 'fixed', to: 'old', timeoutMs: 200, expect: 'answer-eaten' }],
      phases: [{ name: 'moved', rules: [dnat('127.0.0.3')], probes: [{ from: 'fixed', to: 'old', expect: { reply: 'old' } }] }],
    });
    t.match(probes, [{ status: 'passed' }, { status: 'passed' }]);
    t.match(
      probes[1]?.explanation,
      `This flow is older than rule 0 (${dnat('127.0.0.3')}), and ${DECIDED_ONCE}: the rule matched, and changed nothing.`,
    );
  });

  t.test(`the reason is not said of a flow that it does not fit (${way.backend})`, async (t) => {
    const { probes } = await runAs(way, {
      name: 'other reasons',
      servers: { old: serve('127.0.0.2', 'old'), new: serve('127.0.0.3', 'new') },
      rules: ['-A INPUT -m conntrack --ctstate INVALID -j DROP'],
      probes: [
        { from: '127.0.0.1', to: 'old', open: 'a', expect: 'connected' },
        { from: '127.0.0.1', to: 'old', open: 'b', expect: 'connected' },
      ],
      phases: [
        {
          name: 'not tracked',
          rules: ['-t raw -A OUTPUT -p udp -j NOTRACK', dnat('127.0.0.3')],
          probes: [{ use: 'a', expect: 'connected' }],
        },
        {
          name: 'another protocol',
          rules: ['-t nat -A OUTPUT -p tcp -d 127.0.0.2 -j DNAT --to-destination 127.0.0.3'],
          probes: [{ use: 'b', expect: 'connected' }],
        },
        { name: 'dropped', rules: [dnat('127.0.0.3'), '-A INPUT -p udp -d 127.0.0.2 -j DROP'], probes: [{ use: 'b', expect: 'dropped' }] },
      ],
    });
    t.match(
      probes.map(({ status }) => status),
      ['passed', 'passed', 'passed', 'passed', 'passed'],
    );
    probes.forEach(({ explanation }) => t.notMatch(explanation, DECIDED_ONCE));
  });

  t.test(`a name with addresses of both families: each has its row, and all must hold (${way.backend})`, async (t) => {
    const { ended, result, probes } = await runAs(way, {
      name: 'two addresses',
      hosts: { localhost: ['127.0.0.1', '::1'], far: ['127.0.0.1', '2001:db8::1'] },
      servers: { web: 'http://[::1]:80', four: 'tcp://127.0.0.1:81' },
      probes: [
        { from: '127.0.0.1', to: 'http://localhost:80', expect: 'connected' },
        { from: '127.0.0.1', to: 'tcp://far:81', expect: { outcome: 'connected' } },
        { from: '127.0.0.1', to: 'four', expect: 'connected' },
      ],
    });
    t.equal(ended.exitCode, 1);
    t.match(result, { summary: { probes: 5, passed: 3, failed: 2 }, scenarios: [{ status: 'failed' }] });
    t.match(probes, [
      {
        index: 0,
        from: '127.0.0.1',
        to: '127.0.0.1:80',
        status: 'failed',
        cause: 'no-listener',
        name: '127.0.0.1 → http://localhost:80 at 127.0.0.1',
      },
      { index: 0, from: '::1', to: '[::1]:80', status: 'passed', cause: 'service', evidence: way.backend === 'nft' ? 'trace' : 'nflog' },
      { index: 1, from: '127.0.0.1', to: '127.0.0.1:81', status: 'passed' },
      { index: 1, from: '::', to: '[2001:db8::1]:81', status: 'failed', cause: 'local', observed: { errno: 'ENETUNREACH' } },
      { index: 2, from: '127.0.0.1', status: 'passed' },
    ]);
  });
}
