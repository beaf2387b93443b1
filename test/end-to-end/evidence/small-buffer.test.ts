// An ordinary user's trace has the buffer that the kernel gives to everybody: as kernels come, 332 messages.
import { readFileSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const SETTING = '/proc/sys/net/core/rmem_max';
const STOCK = '212992';

// The setting is the machine's: it is put back, and whoever runs meanwhile as an ordinary user has less, which must be enough.
const before = readFileSync(SETTING, 'utf8');
const isStock = before.trim() === STOCK;
const needsSetting = { skip: process.getuid?.() !== 0 && !isStock && `net.core.rmem_max is not ${STOCK}, and only root can set it` };
if (needsSetting.skip === false && !isStock) {
  writeFileSync(SETTING, STOCK);
  t.teardown(() => writeFileSync(SETTING, before));
}

const makeRules = (count: number, destination: string) => Array.from({ length: count }, () => `-A INPUT -p tcp -d ${destination}`);

async function runAs(ordinary: boolean, scenario: object) {
  return readResult(await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify({ name: 'x', ...scenario }), ordinary }));
}

for (const backend of ['nft', 'legacy']) {
  t.test(`the trace is read before it is lost, however many probes and rules (${backend})`, needsSetting, async (t) => {
    const servers = { web: 'tcp://127.0.0.2:80' };
    const many = { from: '127.0.0.1', to: 'web', count: 1000, parallel: true, expect: 'service' };
    const few = { from: '127.0.0.1', to: 'web', count: 50, expect: 'service' };
    for (const [rules, probe] of [
      [30, many],
      [60, few],
    ] as const) {
      const { summary } = await runAs(true, { backend, servers, rules: Array(rules).fill('-A INPUT -p tcp'), probes: [probe] });
      t.match(summary, { passed: probe.count, inconclusive: 0 }, `${probe.count} probes, ${rules} rules`);
    }
  });
}

t.test('a connect that is too much by itself is in doubt, and no other probe is', needsSetting, async (t) => {
  const scenario = {
    servers: { web: 'tcp://127.0.0.2:80', far: 'tcp://127.0.0.3:80' },
    rules: [...makeRules(400, '127.0.0.2'), '-A INPUT -d 127.0.0.4 -j DROP', '-A INPUT -d 127.0.0.3 -j ACCEPT'],
    probes: [
      { from: '127.0.0.1', to: 'far', expect: { cause: 'service', rule: 401 } },
      { from: '127.0.0.1', to: 'web', expect: 'connected' },
      { from: '127.0.0.1', to: 'far', expect: { cause: 'service', rule: 401 } },
      { from: '127.0.0.1', to: 'tcp://127.0.0.4:80', expect: { cause: 'dropped', rule: 400 } },
    ],
  };
  const { probes, rules } = (await runAs(true, scenario)).scenarios[0]!;
  t.strictSame(
    probes.map(({ status }) => status),
    ['passed', 'inconclusive', 'passed', 'passed'],
  );
  t.match(
    probes[1]!.explanation,
    /^While this probe was under way the kernel had to throw trace messages away, for it can keep only 332: as root on the host, sysctl --write net\.core\.rmem_max=33554432; or run loopfw as root\. /,
  );
  t.strictSame(
    rules.slice(0, 400).map(({ packets }) => packets),
    Array(400).fill(3),
    "the counters of the rules are exact all the same: the SYN, the ACK and the client's end",
  );

  const [asRoot] = process.getuid?.() === 0 ? (await runAs(false, scenario)).scenarios : [];
  t.ok(asRoot === undefined || asRoot.status === 'passed', 'root has a larger one');
});
