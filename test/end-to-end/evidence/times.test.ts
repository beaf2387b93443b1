// What a scenario says of time is said of the client: neither of a machine that has too much to do, nor of the trace.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import type { ProbeResult } from '../../../src/model/result.js';
import { loopfw, run } from '../../support/loopfw.js';
import { getPackage, ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

const folder = mkdtempSync(join(tmpdir(), 'loopfw-times-'));
await chmod(folder, 0o755);
copyFileSync(`${ROOT}/test/programs/server.mjs`, join(folder, 'server.mjs'));
t.teardown(() => rmSync(folder, { recursive: true }));

const WEB = { web: 'tcp://127.0.0.2:80' };

async function getProbes(...scenarios: object[]): Promise<ProbeResult[]> {
  const file = join(folder, 'scenario.json');
  writeFileSync(file, JSON.stringify(scenarios));
  return readResult(await loopfw(['run', '--allow-commands', '-r', 'json', file])).scenarios.flatMap(({ probes }) => probes);
}

t.test('a client that is late by itself fails', async (t) => {
  const command = ['node', 'server.mjs', 'tcp', '127.0.0.2', '80', 'slow'];
  const probes = await getProbes(
    {
      name: 'a server takes its time',
      servers: { slow: { protocol: 'tcp', address: '127.0.0.2', port: 80, command } },
      probes: [{ from: '127.0.0.1', to: 'slow', send: 'x', expect: { outcome: 'connected', withinMs: 200 } }],
    },
    {
      name: 'a client learns of a rejection when it sends again',
      servers: { six: 'tcp://[::1]:80', ...WEB },
      clients: { plain: { address: '127.0.0.1', connect: 'blocking' } },
      rules: ['-A INPUT -p tcp --dport 80 -j REJECT', 'ip6tables -A INPUT -p tcp --dport 80 -j REJECT'],
      probes: [
        { from: '::1', to: 'six', expect: { outcome: 'refused', withinMs: 500 } },
        { from: 'plain', to: 'web', expect: { outcome: 'refused', withinMs: 500 } },
      ],
    },
  );
  t.strictSame(
    probes.map(({ status }) => status),
    ['failed', 'failed', 'failed'],
  );
  t.match(probes[0]!.explanation, /^Expected within 200 ms, observed after [\d.]+ ms\. /);
});

for (const backend of ['nft', 'legacy']) {
  t.test(`what the trace of many matching rules takes is not the client's time (${backend})`, async (t) => {
    const probe = { from: '127.0.0.1', to: 'web', expect: { outcome: 'connected', withinMs: 3 } };
    const rules = Array.from({ length: 2000 }, () => '-A INPUT -p tcp -d 127.0.0.2');
    const [many] = await getProbes({ name: 'many', backend, servers: WEB, rules, probes: [probe] });
    t.match(many, { status: 'inconclusive', observed: { outcome: 'connected' }, cause: 'service' });
    t.match(
      many!.explanation,
      /^Expected within 3 ms, observed after [\d.]+ ms, of which its thread stood ready without a processor for up to [\d.]+ ms, and to write 40\d\d trace messages may have taken the kernel [\d.]+ ms of it: allow more, or let packets match fewer rules\. /,
    );
  });
}

t.test('nor is the time for which it waits for a processor', async (t) => {
  const { folder: home } = await getPackage(false);
  const scenario = {
    name: 'six others on the same processor',
    servers: WEB,
    clients: { plain: { address: '127.0.0.3', connect: 'blocking' } },
    rules: ['-A INPUT -p tcp --dport 81 -j REJECT --reject-with tcp-reset'],
    probes: [
      { from: '127.0.0.1', to: 'web', count: 40, expect: { outcome: 'connected', withinMs: 3 } },
      { from: '127.0.0.1', to: 'tcp://127.0.0.2:81', count: 40, expect: { cause: 'rejected', withinMs: 3 } },
      { from: 'plain', to: 'web', count: 20, expect: { outcome: 'connected', withinMs: 3 } },
    ],
  };
  const stop = new AbortController();
  const loop = 'process.stdout.write("."); for (;;);';
  const others = Array.from({ length: 6 }, () =>
    execa('taskset', ['--cpu-list', '0', 'node', '-e', loop], { cancelSignal: stop.signal, reject: false }),
  );
  try {
    await Promise.all(others.map((other) => new Promise((resolve) => other.stdout.once('data', resolve))));
    const ended = await run('taskset', ['--cpu-list', '0', 'node', `${home}/dist/bin.js`, 'run', '-r', 'json', '-'], {
      input: JSON.stringify(scenario),
    });
    const probes = readResult(ended).scenarios.flatMap((each) => each.probes);
    t.strictSame(
      probes.filter(({ status }) => status !== 'passed' && status !== 'inconclusive').map(({ explanation }) => explanation),
      [],
    );
    const late = probes.filter(({ status }) => status === 'inconclusive');
    t.ok(late.every(({ explanation }) => /of which its thread stood ready without a processor for up to [\d.]+ ms/.test(explanation)));
  } finally {
    stop.abort();
    await Promise.all(others);
  }
});
