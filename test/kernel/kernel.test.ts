// The door to Linux, in namespaces of its own: lost trace messages are seen, orphans are reaped, privilege is really given up.
import { execa } from 'execa';
import { readlinkSync } from 'node:fs';
import t from 'tap';
import { withoutTap } from '../support/loopfw.js';
import { ROOT } from '../support/package.js';

const CALLERS_NAMESPACE = readlinkSync('/proc/self/ns/net');
const userNamespace = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];

async function runInside(unshared: string[], program: string, ...args: string[]): Promise<unknown> {
  const command = ['unshare', ...userNamespace, ...unshared, 'node', `${ROOT}/test/kernel/programs/${program}`, ...args];
  const { stdout } = await execa('env', withoutTap(command));
  return JSON.parse(stdout);
}

t.test('a trace that is not read in time says so, one that is does not', async (t) => {
  t.match(await runInside(['--net'], 'overrun.js', CALLERS_NAMESPACE, '10'), { lost: false });
  t.match(await runInside(['--net'], 'overrun.js', CALLERS_NAMESPACE, '20000'), { lost: true });
});

t.test('datagrams are read many at a time; one that is longer than its place counts as lost, and is not taken for whole', async (t) => {
  t.strictSame(await runInside(['--net'], 'datagrams.js'), {
    refused: 'the kernel refused to list what it has',
    silent: "the kernel's list ended early",
    many: { types: Array(10).fill(2), lost: false, lostAgain: false }, // NLMSG_ERROR, which acknowledges
    long: { types: [3], lost: true, lostAgain: false }, // NLMSG_DONE is short enough
    whole: { types: [16, 3], lost: false, lostAgain: false }, // RTM_NEWLINK
  });
});

t.test("iptables-save shows nothing of the observer's chains, with either back end", async (t) => {
  const shown = (await runInside(['--net'], 'observer.js')) as Record<'added' | 'before' | 'after', unknown[]> & { listed: string };
  t.strictSame(shown.added, [true, true]);
  t.match(shown.before, [/-A INPUT -s 127\.0\.0\.9\/32 -j DROP/, /-A INPUT -s 127\.0\.0\.9\/32 -j DROP/]);
  t.strictSame(shown.after, shown.before);
  t.strictSame(shown.listed.match(/hook \w+ priority \S+; policy \w+/g), [
    'hook prerouting priority 2147483647; policy accept',
    'hook input priority 2147483647; policy accept',
    'hook forward priority 2147483647; policy accept',
    'hook postrouting priority 2147483647; policy accept',
  ]);
  t.equal(shown.listed.match(/nftrace/g)?.length, 1, 'the rule that no packet meets, once');
});

t.test('an interface that is ready receives multicast, and so the solicitations of its neighbours', async (t) => {
  t.strictSame(await runInside(['--net'], 'links.js'), [true, true]);
});

t.test('a port that a copy of a closed socket still holds is waited for, and one that is in use is an error', async (t) => {
  t.strictSame(await runInside(['--net'], 'held-port.js'), { outcomes: ['bound', 'EADDRINUSE'] });
});

t.test('the guard keeps a thread that has not left the network namespace of the caller from going on', async (t) => {
  await t.rejects(
    runInside([], 'overrun.js', CALLERS_NAMESPACE, '10'),
    /refusing to touch the network namespace that loopfw was called in/,
  );
});

t.test('orphans are reaped, own children are left to Node', async (t) => {
  t.strictSame(await runInside(['--pid', '--fork'], 'orphans.js'), {
    pid: 1,
    exitCode: 0,
    zombie: true,
    stoodInTheWay: true,
    ownExitCode: 0,
    reaped: true,
  });
});

for (const [what, saved, kept, inherited] of [
  ['inside', 60999, '0000000000203400', '0000000000003000'],
  ['insideWithPrograms', 60998, '0000000000203420', '0000000000003000'],
  ['socketMaker', 60999, '00000000002020c0', '0000000000000000'],
] as const) {
  t.test(`no thread of real root keeps what it does not need ${what}`, { skip: process.getuid?.() !== 0 && 'needs root' }, async (t) => {
    const { threads, command } = (await runInside(['--net', '--pid', '--fork'], 'drop-privilege.js', what)) as {
      threads: { name: 'earlier' | 'caller' | 'later' | 'other'; status: string }[];
      command: string;
    };
    for (const { status } of threads) {
      t.match(status, new RegExp(`^Uid:\\s+60999\\s+60999\\s+${saved}\\s+60999$`, 'm'));
      t.match(status, new RegExp(`^Gid:\\s+60999\\s+60999\\s+${saved}\\s+60999$`, 'm'));
      t.match(status, /^Groups:\s*$/m);
      t.match(status, new RegExp(`^CapEff:\\s+(0000000000000000|${kept})$`, 'm'));
    }
    const known = threads.flatMap(({ name, status }) => (name === 'other' ? [] : [[name, /^CapEff:\t(.*)$/m.exec(status)?.[1]]]));
    t.strictSame(Object.fromEntries(known), { earlier: '0000000000000000', caller: kept, later: kept });
    t.match(command, /^Uid:\s+60999\s+60999\s+60999\s+60999$/m);
    t.match(command, new RegExp(`^CapEff:\\s+${inherited}$`, 'm'));
    t.match(command, /^CapBnd:\s+0000000000000000$/m);
    t.match(command, /^NoNewPrivs:\s+1$/m);
  });
}

t.test(
  'sockets of other users: their own, never of root, never in the namespace of the caller',
  { skip: process.getuid?.() !== 0 && 'needs root' },
  async (t) => {
    const maker = `${ROOT}/dist/sandbox/socket-maker.js`;
    const { status, ...made } = (await runInside(['--net'], 'user-sockets.js', maker, CALLERS_NAMESPACE)) as { status: string };
    t.match(status, /^Uid:\s+60999\s+60999\s+60999\s+60999$/m);
    t.match(status, /^Groups:\s*$/m);
    t.match(status, /^CapEff:\s+00000000002020c0$/m, 'CAP_SETGID, CAP_SETUID, CAP_NET_RAW and CAP_SYS_ADMIN');
    t.match(status, /^CapBnd:\s+0000000000000000$/m);
    t.match(status, /^NoNewPrivs:\s+1$/m);
    t.strictSame(made, {
      kinds: Array(6).fill([1000, 1000]),
      users: [1, 65534, 4294967294].map((id) => [id, id]),
      root: 'no socket of user 0 can be made: EPERM',
      nobody: 'no socket of user 4294967295 can be made: EPERM',
      unknownKind: 1, // EPERM
      callers: 'ended',
      afterwards: 'no socket of user 1000 can be made: the process that makes such sockets has ended',
    });
  },
);
