// How loopfw ends where the machine, or what it was called with, does not allow its work: the code, the cause and the remedy, and never a
// stack trace.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { matchNames } from '../../../src/cli/commands/run/selection.js';
import { checkClientPorts } from '../../../src/input/scenario/probes/client-ports.js';
import { PortAllocator } from '../../../src/inside/session/ports.js';
import { type Ended, run } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

const ONE = 'run scenarios/reject.json';
const EXEC = 'exec --fault refused=127.0.0.2:80 -- true';

/** As another user than all other tests have. */
const LONELY_USER = 61_234;
const LONELY = `setpriv --reuid ${LONELY_USER} --regid ${LONELY_USER} --clear-groups --`;

const isRoot = process.getuid?.() === 0;
const needsRoot = { skip: !isRoot && !process.env['CI'] && 'needs root' };

interface Row {
  /** For sh; LOOPFW stands for `node dist/bin.js`, LONELY for what runs a command as a user who runs nothing else: processes are counted by user. */
  shell: string;
  exitCode: number;
  stderr?: RegExp;
  stdout?: RegExp;
  ordinary?: boolean;
}

async function runRow({ shell, ordinary = false }: Pick<Row, 'shell' | 'ordinary'>): Promise<Ended> {
  const { folder } = await getPackage(ordinary || shell.includes('LONELY'));
  const command = shell.replace('LONELY', LONELY).replaceAll('LOOPFW', `node ${folder}/dist/bin.js`);
  return run('sh', ['-c', command], { ordinary });
}

function testRows(rows: Row[], options: { skip?: string | boolean } = {}): void {
  for (const { shell, exitCode, stderr, stdout, ordinary } of rows) {
    t.test(`${shell}${ordinary ? ', by an ordinary user' : ''}`, options, async (t) => {
      const ended = await runRow({ shell, ordinary });
      t.equal(ended.exitCode, exitCode, `${ended.stderr}${ended.stdout}`);
      t.match(ended.stderr, stderr ?? /^$/);
      if (stdout !== undefined) {
        t.match(ended.stdout, stdout);
      }
      t.notMatch(`${ended.stderr}${ended.stdout}`, /^\s+at /m, 'no stack trace');
    });
  }
}

/** Of one user namespace, so that the machine's own setting stays. */
function withSetting(name: string, value: number, command: string): string {
  return `unshare --user --map-root-user sh -c 'echo ${value} > /proc/sys/user/${name}; exec ${command}'`;
}

const FEW_FILES = /^loopfw: 24 file descriptors \(ulimit -n\) are too few.*\n {2}remedy: in the shell that starts loopfw, ulimit -n 1024/;
const FEW_PROCESSES = /^loopfw: 16 processes and threads \(ulimit -u\) are too few.*\n {2}remedy: .*ulimit -u 4096/;

testRows([
  { shell: `ulimit -n 24; LOOPFW ${ONE}`, exitCode: 3, stderr: FEW_FILES },
  { shell: `ulimit -n 24; LOOPFW ${EXEC}`, exitCode: 3, stderr: FEW_FILES },
  { shell: `ulimit -n 24; LOOPFW ${ONE}`, exitCode: 3, stderr: FEW_FILES, ordinary: true },
  { shell: `ulimit -n 95; LOOPFW ${ONE}`, exitCode: 3, stderr: /^loopfw: 95 file descriptors \(ulimit -n\) are too few: loopfw needs 96/ },
  { shell: `ulimit -n 96; LOOPFW ${ONE}`, exitCode: 0, stdout: /4 passed/ },
  {
    shell: withSetting('max_pid_namespaces', 0, `LOOPFW ${ONE}`),
    exitCode: 3,
    stderr: /remedy: user\.max_pid_namespaces is 0, .* sysctl --write user\.max_pid_namespaces=10000/,
  },
  {
    // An outer limit does not show in the settings.
    shell: withSetting('max_net_namespaces', 0, `unshare --user --map-root-user LOOPFW ${ONE}`),
    exitCode: 3,
    stderr: /remedy: this user has as many namespaces as it may: .*user\.max_net_namespaces=10000/,
  },
  {
    // One at a time cannot be fewer.
    shell: withSetting('max_net_namespaces', 2, 'LOOPFW run --jobs 1 scenarios/filtering'),
    exitCode: 3,
    stdout: /user\.max_net_namespaces is reached .*\n? *remedy: .*user\.max_net_namespaces=10000\n/,
  },
  {
    // What was done before stays in the report.
    shell: withSetting('max_net_namespaces', 2, 'LOOPFW run -r json scenarios/filtering'),
    exitCode: 3,
    stdout: /"status": "passed"[^]*user\.max_net_namespaces is reached .*remedy: .*sysctl --write user\.max_net_namespaces=10000/,
  },
  { shell: `LOOPFW ${ONE} >&-; exit $?`, exitCode: 2, stderr: /^loopfw: standard output is closed \(>&-\)/ },
  { shell: `LOOPFW run -r json scenarios/reject.json >&-; exit $?`, exitCode: 2, stderr: /standard output is closed/ },
  { shell: `LOOPFW check scenarios >&-; exit $?`, exitCode: 2, stderr: /standard output is closed/ },
  { shell: `LOOPFW ${ONE} <&- >&- 2>&-; exit $?`, exitCode: 2 },
  { shell: `LOOPFW ${ONE} > /dev/null; exit $?`, exitCode: 0 },
  { shell: `LOOPFW run -r json=/dev/null scenarios/reject.json >&-; exit $?`, exitCode: 0 },
  { shell: `LOOPFW ${ONE} 2>&- <&-; exit $?`, exitCode: 0, stdout: /4 passed/ },
  { shell: `LOOPFW ${ONE} > /dev/full`, exitCode: 3, stderr: /^loopfw: cannot write to standard output: ENOSPC/ },
  {
    shell: 'LOOPFW check /',
    exitCode: 2,
    stderr: /^\/:1:1: error: the folder has more than 100000 files and folders: name one that is nearer/,
  },
  { shell: 'LOOPFW check / & sleep 0.3; kill -INT $!; wait $!', exitCode: 130 },
]);

testRows(
  [
    {
      shell: `unshare --mount sh -c 'mount -t tmpfs none /proc; LOOPFW ${ONE}'`,
      exitCode: 3,
      stderr: /^loopfw: \/proc is not mounted.*\n {2}remedy: as root, mount -t proc proc \/proc/,
    },
    { shell: `unshare --mount sh -c 'mount -t tmpfs none /proc; LOOPFW ${EXEC}'`, exitCode: 3, stderr: /^loopfw: \/proc is not mounted/ },
    {
      shell: `unshare --mount sh -c 'mount -t tmpfs none /dev; LOOPFW ${ONE}'`,
      exitCode: 3,
      stderr: /^loopfw: cannot start the sandbox: \/dev\/null is not there\n {2}remedy: as root, mknod/,
    },
    {
      shell: `unshare --mount sh -c 'mount -t tmpfs -o size=4k none /mnt; echo > /mnt/full; LOOPFW run -r json=/mnt/report.json scenarios/reject.json'`,
      exitCode: 3,
      stderr: /^loopfw: cannot write \/mnt\/report\.json: ENOSPC.*\n {2}remedy: make room there/,
    },
    { shell: `prlimit --nproc=16 LONELY LOOPFW ${ONE}`, exitCode: 3, stderr: FEW_PROCESSES },
    { shell: `prlimit --nproc=16 LONELY LOOPFW ${EXEC}`, exitCode: 3, stderr: FEW_PROCESSES },
    // libuv would abort at the first file that is read.
    {
      shell: `prlimit --nproc=8 LONELY LOOPFW ${ONE}`,
      exitCode: 3,
      stderr: /^loopfw: 8 processes and threads .*: loopfw needs 24 or more/,
    },
    { shell: 'prlimit --nproc=8 LONELY LOOPFW check scenarios', exitCode: 3, stderr: /^loopfw: 8 .*: this command needs \d+ or more/ },
    { shell: 'prlimit --nproc=16 LONELY LOOPFW check scenarios', exitCode: 0, stdout: /^no problems/ },
    { shell: `prlimit --nproc=26 LONELY LOOPFW ${EXEC}`, exitCode: 3, stderr: /^loopfw: 26 .*: with a program loopfw needs 27 or more/ },
    { shell: `prlimit --nproc=27 LONELY LOOPFW ${EXEC}`, exitCode: 0, stderr: /^refused .*: never touched\n$/ },
    {
      // What is left counts: 20 processes and the shell are others.
      shell: `prlimit --nproc=40 LONELY sh -c 'for i in $(seq 20); do sleep 10 > /dev/null 2>&1 & all="$all $!"; done; LOOPFW ${ONE}; code=$?; kill $all; exit $code'`,
      exitCode: 3,
      stderr: /^loopfw: 40 processes and threads .* needs 24 or more, besides the 21 that this user has otherwise\n {2}remedy: /,
    },
    {
      // libuv would abort.
      shell: 'prlimit --nproc=64 LONELY LOOPFW probe 127.0.0.1 tcp://127.0.0.2:80 --blocking',
      exitCode: 3,
      stderr: /^loopfw: 64 processes and threads \(ulimit -u\) are too few: with blocking clients loopfw needs 88 or more/,
    },
    ...['setpcap', 'setuid', 'setgid', 'net_admin', 'net_raw', 'net_bind_service', 'sys_admin'].flatMap((name) =>
      [ONE, EXEC].map((command) => ({
        shell: `setpriv --bounding-set=-${name} --inh-caps=-${name} LOOPFW ${command}`,
        exitCode: 3,
        stderr: new RegExp(`^loopfw: cannot start the sandbox: you are root, but without CAP_${name.toUpperCase()}\n {2}remedy: `),
      })),
    ),
  ],
  needsRoot,
);

t.test('what nobody has caught is an internal error, or the shortage that it tells of, and never a failed scenario', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-thrown-'));
  for (const [properties, exitCode, message] of [
    ['{ code: "EMFILE" }', 3, /^loopfw: spawn sh: no file descriptor is left \(ulimit -n\)\n {2}remedy: .*ulimit -n 1024/],
    ['{}', 4, /^loopfw: internal error: Error: spawn sh\n/],
  ] as const) {
    const hook = join(folder, 'throw.cjs');
    await writeFile(hook, `setTimeout(() => { throw Object.assign(new Error('spawn sh'), ${properties}); }, 40);`);
    const { exitCode: code, stderr } = await runRow({ shell: `sleep 1 | NODE_OPTIONS=--require=${hook} LOOPFW run -` });
    t.equal(code, exitCode);
    t.match(stderr, message);
  }
});

t.test('a folder that is gone', async (t) => {
  const { folder } = await getPackage(false);
  const gone = await mkdtemp(join(tmpdir(), 'loopfw-gone-'));
  for (const [command, exitCode, output] of [
    [`run ${folder}/scenarios/reject.json`, 0, /4 passed/],
    ['run a.json', 2, /a\.json:1:1: error: no such file or folder/],
    [EXEC, 3, /the folder that loopfw was called in is not there any more/],
  ] as const) {
    const ended = await runRow({ shell: `mkdir -p ${gone}; cd ${gone}; rmdir ${gone}; LOOPFW ${command}` });
    t.equal(ended.exitCode, exitCode);
    t.match(`${ended.stdout}${ended.stderr}`, output);
    t.notMatch(ended.stderr, /^\s+at /m);
  }
});

t.test('what cannot fit is said before anything runs', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-fit-'));
  const write = async (name: string, scenario: object) => {
    await writeFile(join(folder, name), JSON.stringify({ name, ...scenario }));
    return join(folder, name);
  };
  const probes = await write('ports.json', { probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:1-65535', expect: 'closed' }] });
  for (const command of ['run', 'check']) {
    const ended = await runRow({ shell: `LOOPFW ${command} ${probes}` });
    t.equal(ended.exitCode, 2);
    t.equal(ended.stdout, '');
    t.match(
      ended.stderr,
      /ports\.json:1:\d+: error: the client address 127\.0\.0\.1 has too few ports: .*spread the probes over more client addresses/,
    );
  }
  const servers = await write('servers.json', {
    servers: { many: 'tcp://127.0.0.2:1-60000' },
    probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: 'connected' }],
  });
  const ended = await runRow({ shell: `ulimit -n 1024; LOOPFW run ${servers}` });
  t.equal(ended.exitCode, 3);
  t.match(ended.stderr, /"servers\.json" needs 60002 file descriptors, .* leaves 960\n {2}remedy: .*ulimit -n 60130/);
});

t.test('how many client ports are left is told', (t) => {
  const probe = { from: '127.0.0.1', protocol: 'tcp', use: null, clientPort: null, position: { line: 1, column: 1 } };
  const makeServers = (lastPort: number) => [{ port: 1, lastPort }];
  const check = (lastPort: number, count: number) => {
    const probes = Array.from({ length: count }, () => ({ ...probe, to: { address: '127.0.0.2', port: 9 } }));
    const said: string[] = [];
    type Given = Parameters<typeof checkClientPorts>;
    checkClientPorts(
      { servers: makeServers(lastPort), phases: [{ batches: [probes] }] } as unknown as Given[0],
      { complainAt: (_: object, message: string) => said.push(message) } as unknown as Given[1],
    );
    return said;
  };
  t.match(check(60_998, 1), [/has too few ports: 1 probe and its control need 2, and 1 of 28232 are left; /]);
  t.match(check(60_996, 2), [/: 2 probes and their controls need 4, and 3 of 28232 are left; /]);
  t.strictSame(check(60_997, 1), []);
  t.end();
});

t.test('client ports are dealt out in advance as they are in the end', async (t) => {
  const server = {
    name: 's',
    protocol: 'tcp',
    address: '127.0.0.9',
    port: 50_000,
    lastPort: 50_099,
    via: null,
    banner: null,
    isTransparent: false,
    command: null,
  } as const;
  const makeProbes = (count: number, firstPort: number) =>
    Array.from({ length: count }, (_, place) => ({
      ...{ from: '127.0.0.1', protocol: 'tcp' as const, use: null, clientPort: null, position: { line: 1, column: 1 } },
      to: { address: '127.0.0.2', port: firstPort + place },
    }));
  for (const firstPort of [1, 32_768, 33_000, 46_000]) {
    for (let count = 14_060; count <= 14_072; count++) {
      const probes = makeProbes(count, firstPort);
      const scenario = { servers: [server], phases: [{ batches: [probes] }] } as unknown as Parameters<typeof checkClientPorts>[0];
      const said: string[] = [];
      const place = { complainAt: (_: object, message: string) => said.push(message) } as unknown as Parameters<typeof checkClientPorts>[1];
      const fits = checkClientPorts(scenario, place);
      t.equal(said.length, fits ? 0 : 1);
      t.equal(takesAll(probes), fits, `${count} probes from port ${firstPort} on`);
    }
  }
  function takesAll(probes: ReturnType<typeof makeProbes>): boolean {
    const ports = new PortAllocator([server]);
    try {
      ports.reserve(probes);
      [...probes, ...probes].forEach((probe) => ports.take(probe));
      return true;
    } catch {
      return false;
    }
  }
});

t.test('a pattern that backtracks is given up, and Ctrl-C is heard meanwhile', async (t) => {
  t.strictSame(matchNames(/^b/, ['a', 'b', 'ab']), [false, true, false]);
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-grep-'));
  const file = join(folder, 'a.json');
  const probes = [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: 'closed' }];
  await writeFile(file, JSON.stringify({ name: `${'a'.repeat(40)}!`, probes }));
  for (const command of ['run', 'run --list']) {
    const ended = await runRow({ shell: `LOOPFW ${command} --grep '(a+)+$' ${file}` });
    t.equal(ended.exitCode, 2);
    t.match(ended.stderr, /^loopfw: --grep \/\(a\+\)\+\$\/: not done with 1 names after 1000 ms/);
    const broken = await runRow({ shell: `LOOPFW ${command} --grep '(a+)+$' ${file} & sleep 0.6; kill -INT $!; wait $!` });
    t.equal(broken.exitCode, 130);
  }
});

// `npm run soak` makes it: it waits for 30 s.
if (process.env['LOOPFW_TEST_SLOW'] === '1') {
  t.test('a start that hangs ends, and never as the program', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'loopfw-slow-'));
    await writeFile(join(folder, 'unshare'), '#!/bin/sh\nexec sleep 100\n', { mode: 0o755 });
    const ended = await runRow({ shell: `PATH=${folder}:$PATH LOOPFW ${EXEC}` });
    t.equal(ended.exitCode, 3);
    t.match(ended.stderr, /^loopfw: cannot start the sandbox: it was not ready after 30000 ms\n {2}remedy: /);
  });
}
