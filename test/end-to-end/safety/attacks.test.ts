// A scenario's program is a stranger's. What it can reach of loopfw, of other scenarios and of the machine: nothing, alone and beside others.
import { chmodSync, chownSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { getPackage, ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

/** How often each attack is made; `npm run soak` makes it twenty times. */
const TIMES = Number(process.env['LOOPFW_TEST_ATTACKS'] ?? 1);
const isRoot = process.getuid?.() === 0;

const folder = mkdtempSync(join(tmpdir(), 'loopfw-attacks-'));
chmodSync(folder, 0o755);
t.teardown(() => rmSync(folder, { recursive: true }));
copyFileSync(`${ROOT}/test/programs/attacker.pl`, join(folder, 'attacker.pl'));

/** A file of somebody's, by its owner, group and mode. */
const FILES = { root: [0, 0, 0o600], user: [1000, 1000, 0o600], shadow: [0, 42, 0o640], disk: [0, 6, 0o660] } as const;
for (const [name, [owner, group, mode]] of isRoot ? Object.entries(FILES) : []) {
  const path = join(folder, name);
  writeFileSync(path, 'a secret\n');
  chownSync(path, owner, group);
  chmodSync(path, mode);
}
copyFileSync('/usr/bin/id', join(folder, 'set-uid-id'));
chmodSync(join(folder, 'set-uid-id'), 0o4755);

/** Of the shared memory that an attacker makes. */
const SHARED_KEY = 0x10_0000 + process.pid;

const NONE = Object.keys(FILES)
  .map(() => '--')
  .join(' ');

/** What an attacker must say. A file of the caller's is another matter where loopfw has no id to give it. */
const REFUSED = {
  debugger: 'closed',
  signal: 'refused',
  ptrace: 'refused',
  ...{ 'neighbour-environ': 'refused', 'neighbour-mem': 'refused', 'neighbour-maps': 'refused' },
  ...{ 'neighbour-fd/0': 'refused', 'neighbour-ns': 'refused' },
  schedule: 'refused',
  pidfd: 'refused',
  ...{ 'proc-environ': 'refused', 'proc-mem': 'refused', 'proc-maps': 'refused' },
  ...{ 'proc-fd/0': 'refused', 'proc-fd/2': 'refused', 'proc-fd/3': 'refused' },
  ...{ namespaces: 'refused', mount: 'EPERM', hostname: 'EPERM', network: 'EPERM', sysctl: 'refused', rules: 'refused' },
  ...{ descriptors: '0', files: NONE, setgroups: 'EPERM', 'files-again': NONE, 'set-uid': 'itself' },
};

/** @param user the id of the client, whose socket a process of its own makes where root runs loopfw */
function makeScenario(name: string, user: number) {
  const files = Object.keys(FILES).map((file) => join(folder, file));
  const command = ['perl', 'attacker.pl', '127.0.0.2', '8080', `${SHARED_KEY}`, join(folder, 'set-uid-id'), ...files];
  return {
    name,
    servers: { web: { protocol: 'tcp', address: '127.0.0.2', port: 8080, command } },
    rules: ['-A INPUT -s 127.0.0.9 -j DROP'],
    clients: { user: { address: '127.0.0.1', user } },
    probes: [{ from: 'user', to: 'web', expect: { cause: 'service', reply: '}' } }],
  };
}

function write(name: string, count: number, user: number): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(Array.from({ length: count }, (_, place) => makeScenario(`attacker ${place}`, user))));
  return path;
}

for (const ordinary of [false, true]) {
  const user = isRoot && !ordinary ? 1000 : 0;
  for (const [file, jobs] of [
    [write(`alone-${user}.json`, 1, user), '1'],
    [write(`several-${user}.json`, 3, user), '3'],
  ] as const) {
    const who = `${ordinary ? 'an ordinary user' : 'the caller'}, with ${jobs === '1' ? 'one world' : 'several worlds'}`;
    t.test(`a program of ${who}, reaches nothing of ours`, async (t) => {
      const { folder: pack, prefix } = await getPackage(ordinary);
      const command = [...prefix, process.execPath, `${pack}/dist/bin.js`, 'run', '--allow-commands', '-r', 'json', '-j', jobs, file];
      for (let time = 0; time < TIMES; time++) {
        // With an open file that nobody is to have.
        const ended = await run('sh', ['-c', 'exec 9</etc/passwd; exec "$@"', 'sh', ...command], { cwd: '/' });
        t.equal(ended.exitCode, 0, ended.stderr);
        t.notMatch(readFileSync('/proc/sysvipc/shm', 'utf8'), new RegExp(`^ *${SHARED_KEY} `, 'm'), 'no shared memory is left');
        const all = readResult(ended).scenarios.map(
          ({ probes }) => JSON.parse(probes[0]?.observed?.reply ?? '{}') as Record<string, string>,
        );
        // A world may be late, and find the others gone.
        t.equal(
          all.some(({ neighbours }) => neighbours === 'found'),
          jobs !== '1',
          'its likes in other worlds are found',
        );
        for (const said of all) {
          t.match(said, { insides: 'found', ...REFUSED });
          if (isRoot && !ordinary) {
            t.match(said, { uid: '60998', makers: 'found', setresgid: 'EINVAL', setresuid: 'EINVAL EINVAL' });
          }
        }
      }
    });
  }
}
