// Many scenarios at once come to the same as one at a time.
import { runSuite, UsageError } from 'loopfw';
import t from 'tap';
import { shareOut } from '../src/run/share-out.js';
import type { SessionClient, WorldClient } from '../src/sandbox/session-client.js';
import { parseScenarios } from '../src/spec/parse-scenarios.js';
import { loopfw } from './support/loopfw.js';
import { getVerdicts, readResult } from './support/result.js';

const SCENARIOS = 40;

/** Small scenarios, each with addresses, a port and rules of its own; some are slow, some fail, some cannot be brought to their end. */
const SUITE = Array.from({ length: SCENARIOS }, (_, number) => {
  const [server, client, port] = [`127.0.${number}.2`, `127.0.${number}.1`, 2000 + number];
  const scenario = {
    name: `number ${number}`,
    backend: number % 3 === 0 ? ['nft', 'legacy'] : ['nft'],
    servers: { web: `tcp://${server}:${port}` } as Record<string, unknown>,
    clients: { block: { address: client, connect: 'blocking' } },
    rules: [`-A INPUT -s ${client} -p tcp --dport ${port} -j REJECT`, `-A INPUT -s 127.0.${number}.3 -j DROP`],
    probes: [
      { from: client, to: 'web', expect: 'rejected' },
      { from: `127.0.${number}.3`, to: 'web', expect: 'dropped' },
      { from: `127.0.${number}.4`, to: 'web', expect: 'connected' } as Record<string, unknown>,
    ],
  };
  const [first] = scenario.probes;
  if (number % 20 === 0) {
    scenario.probes.push({ from: 'block', to: 'web', expect: 'rejected' });
  } else if (number % 8 === 3 && first) {
    first.expect = 'connected';
  } else if (number % 8 === 5) {
    scenario.servers = { web: { protocol: 'tcp', address: server, port, command: ['false'] } };
  }
  return scenario;
});
const INPUT = JSON.stringify(SUITE);

for (const ordinary of [false, true]) {
  t.test(`verdicts and their order are the same whatever --jobs is, run by ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const run = (jobs: number) =>
      loopfw(['run', '-r', 'json', '--allow-commands', '--jobs', String(jobs), '-'], { input: INPUT, ordinary });
    const alone = readResult(await run(1));
    t.match(alone.summary, { scenarios: 54, inconclusive: 0 });
    t.ok(alone.summary.failed > 0 && alone.summary.errors > 0 && alone.summary.passed > alone.summary.failed);
    const order = alone.scenarios.map(({ name, backend, status }) => [name, backend, status]);
    for (const jobs of [4, 16]) {
      const result = readResult(await run(jobs));
      t.strictSame(getVerdicts(result), getVerdicts(alone));
      t.strictSame(
        result.scenarios.map(({ name, backend, status }) => [name, backend, status]),
        order,
      );
    }
  });
}

t.test('--bail reports up to the first scenario that does not pass, whatever ran beside it', async (t) => {
  for (const jobs of ['1', '4']) {
    const { stdout, stderr, exitCode } = await loopfw(['run', '-r', 'json', '--allow-commands', '--bail', '-j', jobs, '-'], {
      input: INPUT,
    });
    const { scenarios } = readResult({ stdout, stderr });
    t.strictSame(
      scenarios.map(({ name, status }) => [name, status]),
      [
        ['number 0', 'passed'],
        ['number 0', 'passed'],
        ['number 1', 'passed'],
        ['number 2', 'passed'],
        ['number 3', 'failed'],
      ],
    );
    t.match(stderr, '--bail left out 49 scenarios');
    t.equal(exitCode, 1);
  }
});

t.test('an abort leaves out what had not finished', async (t) => {
  const { scenarios } = parseScenarios(INPUT, 'suite');
  const controller = new AbortController();
  let count = 0;
  const onScenario = () => ++count === 5 && controller.abort();
  const result = await runSuite(scenarios, { jobs: 4, allowCommands: true, signal: controller.signal, onScenario });
  t.match(result, { aborted: true, summary: { scenarios: 5 } });
  t.equal(count, 5);
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
  await shareOut([0, 1, 2, 3, 4, 5], session, 3, async (item) => {
    begun.push(item);
    await new Promise(setImmediate);
    return item === 2 ? never : item !== 1;
  });
  t.strictSame(begun.slice(0, 3), [0, 1, 2]);
  t.notOk(begun.includes(5));
  await shareOut([0, 1], session, 8, () => Promise.resolve(true));
  t.ok(workers <= 4, 'never more workers than items');
  await t.rejects(
    shareOut([0, 1], session, 2, () => Promise.reject(new Error('broken'))),
    { message: 'broken' },
  );
});
