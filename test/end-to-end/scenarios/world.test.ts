// What a scenario's world makes of a run as a whole: counters, and what the kernel refuses.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const PROBES = [{ from: '127.0.0.1', to: 'udp://127.0.0.2:53', expect: 'service' }];
const SERVERS = { dns: 'udp://127.0.0.2:53' };
const run = (scenario: object, ...options: string[]) =>
  loopfw(['run', ...options, '-'], { input: JSON.stringify({ name: 'x', servers: SERVERS, probes: PROBES, ...scenario }) });

t.test('a counter that is not as expected fails the run, though every probe has passed', async (t) => {
  const counters = { lo: { rx: '= tx', tx: '> 2' } };
  const [json, human, tap, flat] = await Promise.all([
    run({ counters }, '-r', 'json'),
    run({ counters }, '-r', 'human'),
    run({ counters }, '-r', 'tap'),
    loopfw(['run', '-r', 'tap', '-'], {
      input: JSON.stringify({ name: 'x', servers: SERVERS, probes: PROBES, counters }),
      env: { TAP_VERSION: '13' },
    }),
  ]);
  t.strictSame(
    [json, human, tap, flat].map(({ exitCode }) => exitCode),
    [1, 1, 1, 1],
  );
  const { summary, scenarios } = readResult(json);
  t.match(summary, { probes: 1, passed: 1, failed: 0 }, 'the summary counts probes');
  t.equal(scenarios[0]?.status, 'failed');
  t.strictSame(scenarios[0]?.counters, [
    { interface: 'lo', direction: 'rx', expected: '= tx', observed: 2, status: 'passed' },
    { interface: 'lo', direction: 'tx', expected: '> 2', observed: 2, status: 'failed' },
  ]);
  t.match(human.stdout, /✔ counter of lo: rx = tx {2}2 packets\n {2}✖ counter of lo: tx > 2 {2}failed: 2 packets/);
  t.match(human.stdout, /✖ 1 counter failed, 1 passed/);
  t.match(tap.stdout, /not ok 3 - counter of lo: tx > 2\n {6}---\n {6}status: "failed"\n.*\n {6}expected: "> 2"\n {6}observed: 2\n/);
  t.match(flat.stdout, /not ok 3 - x: counter of lo: tx > 2\n/);
});

t.test('what the kernel refuses is an error of the scenario that names it, and no verdict', async (t) => {
  for (const [world, message] of [
    [{ routes: ['198.51.100.0/24 via 127.255.255.255'] }, /^route "198.51.100.0\/24 via 127.255.255.255" cannot be added: EINVAL/],
    [{ addresses: ['10.0.0.1/8'], routes: ['local 10.0.0.0/8 dev lo'] }, /^route "local 10.0.0.0\/8 dev lo" cannot be added: EEXIST/],
    [{ sysctl: { 'net.ipv4.ip_default_ttl': 0 } }, /^sysctl net.ipv4.ip_default_ttl cannot be set to 0: EINVAL/],
  ] as const) {
    const ended = await run(world, '-r', 'json');
    t.equal(ended.exitCode, 2);
    const [scenario] = readResult(ended).scenarios;
    t.match(scenario, { status: 'error', error: { code: 'usage', message } });
    t.strictSame(
      scenario?.probes.map(({ observed }) => observed),
      [null],
    );
  }
});
