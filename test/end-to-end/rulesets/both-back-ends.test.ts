// Tables of the same name in both back ends of iptables, on the real kernel: what the report says of them.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

t.test('a table of legacy keeps its place from an earlier phase, and the report says so', async (t) => {
  const nft = 'iptables-nft -A INPUT -p tcp -j DROP';
  const legacy = 'iptables-legacy -A INPUT -p tcp -j REJECT';
  const probe = { from: '127.0.0.1', to: 'tcp://127.0.0.2:82' };
  const run = async (scenario: object) => {
    const folder = t.testdir({ 'x.json': JSON.stringify({ name: 'x', ...scenario }) });
    const ran = await loopfw(['run', `${folder}/x.json`]);
    t.equal(ran.exitCode, 0, ran.stdout);
    return ran.stdout.replace(/\s+/g, ' ');
  };
  const first = { rules: [nft, legacy], probes: [{ ...probe, expect: { cause: 'rejected', rule: 1 } }] };
  t.notMatch(await run(first), 'keeps its place');
  const again = { name: 'again', rules: [nft, legacy], probes: [{ ...probe, expect: { cause: 'dropped', rule: 0 } }] };
  t.match(await run({ ...first, phases: [again] }), 'A table of iptables-legacy keeps its place from the phase that first had it.');
});

t.test('the policy of a chain that both back ends have is named with its program', async (t) => {
  const rules = '*filter\n:INPUT DROP [0:0]\nCOMMIT\n';
  const probes = [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:82', expect: 'dropped' }];
  const folder = t.testdir({
    'a.v4': rules,
    'b.v4': rules,
    'x.json': JSON.stringify([
      { name: 'files', ruleset: [{ file: 'a.v4', backend: 'legacy' }, { file: 'b.v4' }], probes },
      { name: 'rules', rules: ['iptables-nft -P INPUT DROP', 'iptables-legacy -P INPUT DROP'], probes },
      { name: 'one', ruleset: { file: 'a.v4' }, probes },
    ]),
  });
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', `${folder}/x.json`]));
  t.strictSame(
    scenarios.map(({ probes: [probe] }) => [probe?.rule?.text, probe?.rule?.index]),
    [
      ['iptables-nft -P INPUT DROP', null],
      ['iptables-legacy -P INPUT DROP', 1],
      ['-P INPUT DROP', null],
    ],
  );
});
