// Many scenarios at once come to the same as one at a time.
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { runSuite, UsageError } from 'loopfw';
import t from 'tap';
import { parseScenarios } from '../../../src/input/scenario/parse.js';
import { shareOut } from '../../../src/run/share-out.js';
import type { SessionClient, WorldClient } from '../../../src/sandbox/client.js';
import { loopfw, run, withoutTap } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';
import { getVerdicts, readResult } from '../../support/result.js';

const SCENARIOS = 10;
/** Small scenarios, each with addresses, a port and rules of its own; the first is slow, some fail, one cannot be brought to its end. */
const SUITE = Array.from({ length: SCENARIOS }, (_, number) => {
  const [server, client, port] = [`127.0.${number}.2`, `127.0.${number}.1`, 2000 + number];
  const scenario = {
    name: `number ${number}`,
    backend: number % 3 === 1 ? ['nft', 'legacy'] : ['nft'],
    servers: { web: `tcp://${server}:${port}` } as Record<string, unknown>,
    clients: { block: { address: client, connect: 'blocking' } },
    rules: [`-A INPUT -s ${client} -p tcp --dport ${port} -j REJECT`, `-A INPUT -s 127.0.${number}.3 -j DROP`],
    probes: [
      { from: client, to: 'web', expect: 'rejected' },
      { from: `127.0.${number}.3`, to: 'web', expect: 'dropped' },
      { from: `127.0.${number}.4`, to: 'web', expect: 'connected' },
    ],
  };
  if (number === 0) {
    // Such a client hears of the rejection a second later, when it sends again.
    scenario.probes.push({ from: 'block', to: 'web', expect: 'rejected' });
  } else if (number === 3 || number === 8) {
    scenario.probes[0]!.expect = 'connected';
  } else if (number === 5) {
    scenario.servers = { web: { protocol: 'tcp', address: server, port, command: ['false'] } };
  }
  return scenario;
});
const INPUT = JSON.stringify(SUITE);
const ORDER = [
  ['number 0', 'nft', 'passed'],
  ['number 1', 'nft', 'passed'],
  ['number 1', 'legacy', 'passed'],
  ['number 2', 'nft', 'passed'],
  ['number 3', 'nft', 'failed'],
  ['number 4', 'nft', 'passed'],
  ['number 4', 'legacy', 'passed'],
  ['number 5', 'nft', 'error'],
  ['number 6', 'nft', 'passed'],
  ['number 7', 'nft', 'passed'],
  ['number 7', 'legacy', 'passed'],
  ['number 8', 'nft', 'failed'],
  ['number 9', 'nft', 'passed'],
];

t.test('verdicts and their order are the same whatever --jobs is, and whoever runs it', async (t) => {
  const runWith = async (jobs: number, ordinary: boolean) =>
    readResult(await loopfw(['run', '-r', 'json', '--allow-commands', '--jobs', String(jobs), '-'], { input: INPUT, ordinary }));
  const alone = await runWith(1, false);
  for (const result of [alone, await runWith(8, false), await runWith(8, true)]) {
    t.strictSame(
      result.scenarios.map(({ name, backend, status }) => [name, backend, status]),
      ORDER,
    );
    t.strictSame(getVerdicts(result), getVerdicts(alone));
  }
});

t.test('results are in order, whichever scenario is slow or broken; packets are each its own', async (t) => {
  const { scenarios } = parseScenarios(INPUT, 'suite');
  const captured: [number, string, boolean][] = [];
  const result = await runSuite(scenarios, {
    jobs: 2,
    allowCommands: true,
    onCapture: ({ pcap }, { name }, place) => void captured.push([place, name, Buffer.from(pcap).includes(getAddress(name))]),
  });
  t.strictSame(
    result.scenarios.map(({ name }) => name),
    ORDER.map(([name]) => name),
  );
  t.strictSame(
    captured.sort(([a], [b]) => a - b),
    ORDER.flatMap(([name = '', , status], place) => (status === 'error' ? [] : [[place, name, true]])),
  );
});

/** The server's, as it stands in a packet. */
function getAddress(name: string): Buffer {
  return Buffer.from([127, 0, Number(name.split(' ')[1]), 2]);
}

t.test('--bail reports up to the first scenario that does not pass, whatever ran beside it', async (t) => {
  for (const jobs of ['1', '4']) {
    const args = ['run', '-r', 'json', '--allow-commands', '--bail', '--grep', '[1-9]', '-j', jobs, '-'];
    const { stdout, stderr, exitCode } = await loopfw(args, { input: INPUT });
    t.strictSame(
      readResult({ stdout, stderr }).scenarios.map(({ name, backend, status }) => [name, backend, status]),
      ORDER.slice(1, 5),
    );
    t.match(stderr, '--bail left out 8 scenarios');
    t.equal(exitCode, 1);
  }
});

t.test('an abort leaves out what had not finished', async (t) => {
  const { scenarios } = parseScenarios(INPUT, 'suite');
  const controller = new AbortController();
  let count = 0;
  const onScenario = () => ++count === 5 && controller.abort();
  const result = await runSuite(scenarios.slice(1), { jobs: 4, allowCommands: true, signal: controller.signal, onScenario });
  t.match(result, { aborted: true, summary: { scenarios: 5 } });
  t.equal(count, 5);
});

/** Alike, each with clients at once and a server that ends its connections by itself. */
const MANY = Array.from({ length: 36 }, (_, number) => ({
  name: `number ${number}`,
  servers: { web: 'tcp://127.0.0.2:2000', page: 'http://127.0.0.3:80' },
  rules: ['-A INPUT -s 127.0.0.9 -j DROP'],
  probes: [
    { from: '127.0.0.5', to: 'web', send: 'x', expect: 'connected', count: 11, parallel: 11 },
    { from: '127.0.0.5', to: 'page', expect: 'connected', count: 3, parallel: 3 },
  ],
}));

/** It ends much later than all of them. */
const ENDLESS = {
  name: 'endless',
  rules: ['-A INPUT -d 127.0.0.2 -j DROP'],
  probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', timeoutMs: 60_000, expect: { outcome: 'timeout', afterMs: 60_000 } }],
};

t.test('few file descriptors are never an outcome', async (t) => {
  const { folder } = await getPackage(false);
  const runWith = (limit: number, grep: string) => {
    const args = ['run', '-r', 'json', '--jobs', '32', '--grep', grep, '-'];
    return run('prlimit', [`--nofile=${limit}:${limit}`, 'node', `${folder}/dist/bin.js`, ...args], { input: JSON.stringify(MANY) });
  };
  for (const [limit, count, grep] of [
    [256, 10, 'number .$'],
    // With as many worlds as --jobs says, a dozen clients saw a reset here; and each HTTP client left a descriptor behind.
    [112, 36, 'number'],
  ] as const) {
    const ended = await runWith(limit, grep);
    t.equal(ended.exitCode, 0, `ulimit -n ${limit}`);
    t.match(readResult(ended).summary, { scenarios: count, passed: count * 14 });
  }
  const tooFew = await runWith(72, 'number [0-2]$');
  t.equal(tooFew.exitCode, 3);
  t.match(tooFew.stderr, /^loopfw: 72 file descriptors \(ulimit -n\) are too few: loopfw needs 96 or more\n/);
});

t.test('Ctrl-C while several run: 130, and a report of what had finished', async (t) => {
  const { folder } = await getPackage(false);
  const captures = await mkdtemp(join(tmpdir(), 'loopfw-abort-'));
  const args = ['run', '-r', 'json', '--jobs', '4', '--pcap', captures, '-'];
  const input = JSON.stringify([ENDLESS, ...MANY]);
  const child = execa('env', withoutTap(['node', `${folder}/dist/bin.js`, ...args]), { input, reject: false });
  // A capture is written after its scenario has ended.
  for (let tries = 0; tries < 3000 && (await readdir(captures)).length < MANY.length; tries++) {
    await sleep(10);
  }
  child.kill('SIGINT');
  const { exitCode, stdout, stderr } = await child;
  const { aborted, scenarios } = readResult({ stdout, stderr });
  t.match({ exitCode, stderr, aborted }, { exitCode: 130, stderr: '', aborted: true });
  t.strictSame(
    scenarios.map(({ name, status }) => [name, status]),
    MANY.map(({ name }) => [name, 'passed']),
  );
  t.strictSame(
    (await readdir(captures)).filter((name) => !name.endsWith('.pcap')),
    [],
  );
});

t.test('what is no number of jobs', async (t) => {
  for (const jobs of ['0', '-1', '1.5', 'many']) {
    const { exitCode, stderr } = await loopfw(['run', '--jobs', jobs, '-'], { input: INPUT });
    t.equal(exitCode, 2);
    t.match(stderr, 'Expected a whole number of 1 or more.');
  }
  t.match((await loopfw(['run', '--list', '-'], { input: INPUT, env: { LOOPFW_JOBS: 'x' } })).stderr, 'LOOPFW_JOBS');
  await t.rejects(runSuite([], { jobs: 0 }), UsageError);
});

t.test('work is shared out in order, and only what comes before an end is waited for', async (t) => {
  let workers = 1;
  const world = { request: () => Promise.reject(new Error('not asked')) } as WorldClient;
  const session = { ...world, addWorker: () => Promise.resolve({ ...world, number: workers++ }) } as unknown as SessionClient;
  const begun: number[] = [];
  const never = new Promise<boolean>(() => {});
  await shareOut([0, 1, 2, 3, 4, 5], session, { atOnce: 3, most: 3 }, async (item) => {
    begun.push(item);
    await new Promise(setImmediate);
    return item === 2 ? never : item !== 1;
  });
  t.strictSame(begun.slice(0, 3), [0, 1, 2]);
  t.notOk(begun.includes(5));
  await shareOut([0, 1], session, { atOnce: 8, most: 8 }, () => Promise.resolve(true));
  t.equal(workers, 4, 'two more for six items, three at once; one more for two items');
  await t.rejects(
    shareOut([0, 1], session, { atOnce: 2, most: 2 }, () => Promise.reject(new Error('broken'))),
    { message: 'broken' },
  );
});

t.test('a slow item holds up no other', async (t) => {
  const session = { addWorker: () => Promise.resolve({}) } as unknown as SessionClient;
  const ended: number[] = [];
  let endSlow = () => {};
  const others = new Promise<void>((resolve) => (endSlow = resolve));
  await shareOut([0, 1, 2, 3, 4], session, { atOnce: 2, most: 2 }, async (item) => {
    if (item === 0) {
      await others;
    }
    ended.push(item);
    if (item === 4) {
      endSlow();
    }
    return true;
  });
  t.strictSame(ended, [1, 2, 3, 4, 0]);
});
