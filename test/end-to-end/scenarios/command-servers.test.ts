// Real programs in the place of loopfw's own servers: only where they are allowed, without any privilege, and judged only while they live.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseScenarios, runSuite, SpecError } from 'loopfw';
import t from 'tap';
import type { ServerInput } from '../../../src/model/scenario-file.js';
import { loopfw, run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

// Where every user can go: the program does not run as root.
const folder = mkdtempSync(join(tmpdir(), 'loopfw-commands-'));
await chmod(folder, 0o755);
copyFileSync(`${ROOT}/test/programs/server.mjs`, join(folder, 'server.mjs'));
t.teardown(() => rmSync(folder, { recursive: true }));

const SERVER = { protocol: 'tcp', address: '127.0.0.2', port: 8080 } as const;

function makeScenario(server: Partial<ServerInput>, probes: object[] = [{ expect: 'connected' }]) {
  return {
    name: 'a command',
    servers: { web: { ...SERVER, ...server } },
    rules: ['-A INPUT -s 127.0.0.9 -j REJECT'],
    probes: probes.map((probe) => ({ from: '127.0.0.1', to: 'web', ...probe })),
  };
}

function serve(protocol: string, address: string, port: number, ...how: string[]): string[] {
  return ['node', 'server.mjs', protocol, address, `${port}`, ...how];
}

/** Writes a scenario beside the program. */
function write(name: string, scenario: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(scenario, null, 2));
  return file;
}

/** One of them waits for ten seconds. */
t.jobs = 2;

t.test('it takes --allow-commands to run one, not to check it', async (t) => {
  const file = write('refused.json', makeScenario({ command: serve('tcp', '127.0.0.2', 8080) }));
  const refused = await loopfw(['run', file]);
  t.match(refused, { exitCode: 2, stdout: '' });
  t.match(refused.stderr, /refused\.json:8:18: error: server "web" is a program, node, and runs only with --allow-commands /);
  t.match(await loopfw(['check', file]), { exitCode: 0 });
  t.match(await loopfw(['run', '--list', file]), { exitCode: 0 });
  t.match(await loopfw(['run', file], { env: { LOOPFW_ALLOW_COMMANDS: '0' } }), { exitCode: 2 });
  t.match(await loopfw(['run', file], { env: { LOOPFW_ALLOW_COMMANDS: '1' } }), { exitCode: 0 });
});

t.test('it takes allowCommands in the library', async (t) => {
  const { scenarios } = parseScenarios(
    readFileSync(write('library.json', makeScenario({ command: ['true'] })), 'utf8'),
    join(folder, 'library.json'),
  );
  await t.rejects(runSuite(scenarios), SpecError);
  for (const allowCommands of ['false', '1', 1, {}, null] as unknown as boolean[]) {
    await t.rejects(runSuite(scenarios, { allowCommands }), SpecError, `${JSON.stringify(allowCommands)} allows nothing`);
  }
  t.match(await runSuite(scenarios, { allowCommands: true }), { scenarios: [{ error: { code: 'usage' } }] });
});

for (const ordinary of [false, true]) {
  t.test(`a program serves without privilege, started by ${ordinary ? 'an ordinary user' : 'whoever runs the tests'}`, async (t) => {
    const file = write(`served-${ordinary}.json`, {
      ...makeScenario({ protocol: 'http', port: 80, command: serve('http', '127.0.0.2', 80), ready: 'at your service' }, [
        ...['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((set) => ({
          expect: { outcome: 'connected', reply: `"${set}":"0000000000000000"` },
        })),
        { expect: { outcome: 'connected', reply: '"NoNewPrivs":"1"' } },
        { expect: { outcome: 'connected', reply: `"folder":"${folder}"` } },
        { expect: { outcome: 'connected', reply: '"environment":["HOME","LC_ALL","PATH","PYTHONUNBUFFERED"]' } },
        { from: '127.0.0.9', expect: 'rejected' },
      ]),
      backend: ['nft', 'legacy'],
    });
    const { exitCode, stdout } = await loopfw(['run', '--allow-commands', file], { ordinary, cwd: '/' });
    t.equal(exitCode, 0, stdout.slice(-200));
  });
}

t.test('without "ready", its port says when it is: every protocol, both families', async (t) => {
  const servers = {
    web: { protocol: 'http', address: '127.0.0.2', port: 8080, command: serve('http', '0.0.0.0', 8080) },
    dns: { protocol: 'udp', address: '127.0.0.3', port: 53, command: serve('udp', '127.0.0.3', 53) },
    six: { protocol: 'tcp', address: '::1', port: '7000-7001', command: serve('tcp', '::', 7000) },
    dual: { protocol: 'tcp', address: '127.0.0.2', port: 9000, command: serve('tcp', '::', 9000) },
  };
  const probes = Object.keys(servers).map((to) => ({ from: to === 'six' ? '::1' : '127.0.0.1', to, send: 'hello', expect: 'service' }));
  const six = { from: '::1', to: 'tcp://[::1]:7000', expect: 'service' };
  const scenario = { name: 'ports', servers, rules: [], probes: [...probes.filter(({ to }) => to !== 'six'), six] };
  const { exitCode, stdout } = await loopfw(['run', '--allow-commands', write('ports.json', scenario)]);
  t.equal(exitCode, 0, stdout.slice(-200));
});

t.test('what goes wrong with a program is no outcome', async (t) => {
  const twice = [{ expect: 'connected' }, { expect: 'closed' }];
  const cases: [name: string, scenario: object, message: RegExp][] = [
    ['missing', makeScenario({ command: ['no-such-program'] }), /^server "web": no-such-program cannot be run \(it is not in PATH[,)]/],
    [
      'nowhere',
      makeScenario({ command: ['./no-such-program'] }),
      /^server "web": \.\/no-such-program cannot be run \(No such file or directory\)$/,
    ],
    [
      'early',
      makeScenario({ command: ['sh', '-c', 'echo one; echo two >&2; exit 3'] }),
      /^server "web": sh ended before it was ready \(exit code 3\)\. Its output ends with:\none\ntwo$/,
    ],
    [
      'daemon',
      makeScenario({ command: ['sh', '-c', 'sleep 5 &'] }),
      /exit code 0\); it must stay in the foreground.* It printed nothing\.$/,
    ],
    [
      'mortal',
      // The last probe waits: on a busy machine the program hears of its third client a little later.
      {
        ...makeScenario({ command: serve('tcp', '127.0.0.2', 8080, 'mortal') }, [
          ...twice,
          ...twice,
          { from: '127.0.0.1', to: 'tcp://127.0.0.9:9', expect: { outcome: 'timeout', afterMs: 2000 }, timeoutMs: 2000 },
        ]),
        rules: ['-A INPUT -d 127.0.0.9 -j DROP'],
      },
      /^server "web": node ended while probes ran \(exit code 7\).*\nstarting\nat your service\nthree are too many$/s,
    ],
    [
      'late',
      makeScenario({ command: serve('tcp', '127.0.0.2', 8080), ready: 'READY' }),
      /^server "web": node was not ready after 10 s: its output did not say "READY".*\nat your service$/s,
    ],
    [
      'elsewhere',
      makeScenario({ command: serve('tcp', '127.0.0.3', 8080) }),
      /was not ready after 10 s: nothing listens on 127\.0\.0\.2 port 8080\./,
    ],
  ];
  const tryCase = async ([name, scenario, message]: (typeof cases)[number]) => {
    const ended = await loopfw(['run', '--allow-commands', '-r', 'json', write(`${name}.json`, scenario)]);
    const [result] = readResult(ended).scenarios;
    t.equal(ended.exitCode, 2, name);
    t.match(result?.error, { code: 'usage', message }, name);
    t.ok(
      result?.probes.every(({ status, observed }) => status === 'error' && observed === null),
      `${name}: no verdict`,
    );
  };
  // Alone: on a busy machine the program would hear of its third client, and end, when the probes are over.
  await Promise.all(cases.filter(([name]) => name === 'mortal').map(tryCase));
  await Promise.all(cases.filter(([name]) => name !== 'mortal').map(tryCase));
});

t.test('a report shows the lines that a program has printed', async (t) => {
  const input = JSON.stringify(makeScenario({ command: ['sh', '-c', 'echo one; echo "\u001b[2J"; exit 3'] }));
  const human = await loopfw(['run', '--allow-commands', '-'], { input });
  t.match(human.stdout, /Its output ends with:\n {2}one\n {2}\\u\{1b\}\[2J\n/);
  const tap = await loopfw(['run', '--allow-commands', '-r', 'tap', '-'], { input });
  t.match(tap.stdout, /\n {6}one\n/);
});

t.test('a program that will not end, and what it has started, are gone afterwards', async (t) => {
  const mark = `loopfw-mark-${process.pid}`;
  const command = ['sh', '-c', `sh -c 'while :; do sleep 1; done' ${mark} & exec node server.mjs tcp 127.0.0.2 8080 stubborn ${mark}`];
  const { exitCode, stdout } = await loopfw(['run', '--allow-commands', write('stubborn.json', makeScenario({ command }))]);
  t.equal(exitCode, 0, stdout.slice(-200));
  const { stdout: processes } = await run('ps', ['-eo', 'args']);
  t.notOk(processes.includes(mark), 'nothing is left');
});

t.test('a scenario from standard input has its programs in the folder of the caller', async (t) => {
  const input = JSON.stringify(makeScenario({ command: serve('tcp', '127.0.0.2', 8080) }));
  t.match(await loopfw(['run', '--allow-commands', '-'], { input, cwd: folder }), { exitCode: 0 });
});

t.test('a folder that is closed to it is a matter of the machine', { skip: process.getuid?.() !== 0 && 'needs root' }, async (t) => {
  const closed = mkdtempSync(join(folder, 'closed-'));
  const file = join(closed, 'closed.json');
  writeFileSync(file, JSON.stringify(makeScenario({ command: ['true'] })));
  const { exitCode, stdout } = await loopfw(['run', '--allow-commands', file]);
  t.equal(exitCode, 3);
  t.match(
    stdout,
    /server "web" cannot start in the folder .* \(EACCES\): where loopfw runs as root, a scenario's program runs as user 60998/,
  );
});
