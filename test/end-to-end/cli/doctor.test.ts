// `loopfw doctor` where everything works, where namespaces are denied in two ways, and where commands are missing.
import t from 'tap';
import { type Ended, loopfw, run } from '../../support/loopfw.js';

const needsRoot = { skip: process.getuid?.() !== 0 && !process.env['CI'] && 'needs root' };

/** The titles of the lines with this mark, in order. */
function getTitles({ stdout }: Ended, mark: string): string[] {
  return stdout.split('\n').flatMap((line) => (line.startsWith(`${mark} `) ? [line.slice(2).split('  ')[0] ?? ''] : []));
}

const COMMANDS = ['commands: nft', 'commands: legacy', 'commands: nft itself', 'commands: ipset'];
const INSIDE = [
  'loopback',
  'nft, IPv4: rules and trace',
  'nft, IPv6: rules and trace',
  'legacy, IPv4: rules and trace',
  'legacy, IPv6: rules and trace',
  'nft itself: rules and trace',
  'ipsets',
  'raw ICMP',
  'veth',
  'faults: SYNs are held for a moment',
  'faults: connections are ended',
];

for (const [who, ordinary] of [
  ['the caller', false],
  ['an ordinary user', true],
] as const) {
  t.test(`everything works for ${who}`, async (t) => {
    const ended = await loopfw(['doctor'], { ordinary });
    t.equal(ended.exitCode, 0, ended.stdout);
    t.equal(ended.stderr, '');
    t.match(ended.stdout, /^ {2}versions {2}loopfw \d\S+, Node\.js v\d\S+, Linux \d/);
    const rootless = ordinary || process.getuid?.() !== 0;
    const works = getTitles(ended, '✔').filter((title) => !title.startsWith('limit: '));
    t.strictSame(works, [`namespaces (network, pid${rootless ? ', user' : ''})`, ...COMMANDS, ...INSIDE]);
    t.match(ended.stdout, /nft, IPv4: .*the client saw refused, the trace says rejected; iptables v\d/);
    t.match(ended.stdout, /legacy, IPv6: .*the client saw refused, the nflog says rejected/);
    t.match(ended.stdout, 'may load kernel modules on the host');
    t.match(ended.stdout, /^. limit: open files {2}/m);
    t.equal(ended.stdout.includes('limit: net.core.rmem_max'), rootless, 'root is not bound by it');
    t.match(ended.stdout, /\n\nloopfw works here(, \d warnings?)?\n$/);
  });
}

t.test('colour only where it is wanted', async (t) => {
  const escape = '\u001b[';
  t.notMatch((await loopfw(['doctor'])).stdout, escape);
  t.match((await loopfw(['doctor'], { env: { FORCE_COLOR: '1' } })).stdout, escape);
});

t.test('no network namespaces allowed: exit 3, the limit and its remedy, from doctor and from run', async (t) => {
  const runDenied = (command: string) =>
    run('unshare', [
      ...['--user', '--map-root-user', 'sh', '-c'],
      `echo 0 > /proc/sys/user/max_net_namespaces; exec node dist/bin.js ${command}`,
    ]);
  const remedy = /remedy: user\.max_net_namespaces is 0, .* sysctl --write user\.max_net_namespaces=10000$/m;

  const doctor = await runDenied('doctor');
  t.equal(doctor.exitCode, 3);
  t.strictSame(getTitles(doctor, '✖'), ['namespaces (network, pid)']);
  t.match(doctor.stdout, 'cannot start the sandbox: unshare: unshare failed: No space left on device');
  t.match(doctor.stdout, remedy);
  t.strictSame(getTitles(doctor, '–'), INSIDE, 'what needs the sandbox is not tried');
  t.strictSame(getTitles(doctor, '?'), ['limit: user.max_net_namespaces']);
  t.match(doctor.stdout, /\nloopfw does not work here, 1 warning\n$/);

  const { exitCode, stdout, stderr } = await runDenied('run scenarios/reject.json');
  t.equal(exitCode, 3);
  t.equal(stdout, '');
  t.match(stderr, /^loopfw: cannot start the sandbox: unshare: .*\n {2}remedy: /);
  t.match(stderr, remedy);
});

t.test('what the error knows comes before what is guessed', async (t) => {
  const script = 'echo 2 > /proc/sys/user/max_net_namespaces; exec node dist/bin.js doctor';
  const { stdout } = await run('unshare', ['--user', '--map-root-user', 'sh', '-c', script]);
  t.match(
    stdout,
    /veth {2}warning: .*max_net_namespaces is reached.*\n.*\n {4}remedy: .*max_net_namespaces=10000\n {4}remedy: .*modprobe veth/,
  );
});

t.test('a root that cannot become anybody else has nothing to give up', async (t) => {
  const ended = await run('unshare', ['--user', '--map-root-user', 'node', 'dist/bin.js', 'doctor']);
  t.equal(ended.exitCode, 0);
});

for (const ordinary of [false, true]) {
  t.test(`a seccomp filter that denies unshare, ${ordinary ? 'for an ordinary user' : 'for the caller'}`, async (t) => {
    const ended = await run('node', ['test/programs/deny-unshare.js', 'node', 'dist/bin.js', 'doctor'], { ordinary });
    t.equal(ended.exitCode, 3, ended.stderr);
    t.match(ended.stdout, 'unshare failed: Operation not permitted');
    t.match(ended.stdout, 'remedy: a seccomp filter is in force (Seccomp: 2 in /proc/self/status)');
  });
}

t.test('commands that are missing are named with their packages', needsRoot, async (t) => {
  const optional = await runHidden('doctor', 'iptables-legacy-restore');
  t.equal(optional.exitCode, 0, 'what nft does not need is a warning');
  t.strictSame(getTitles(optional, '?'), ['commands: legacy']);
  t.match(
    optional.stdout,
    /commands: legacy {2}warning: not in PATH, .*: iptables-legacy-restore\b.*\n.*\n {4}remedy: iptables is here for the back end nft only: loopfw run, probe and shell work with --backend nft/,
  );
  t.match(optional.stdout, /\nloopfw works here, 1 warning\n$/);

  const withoutSets = await runHidden('doctor', 'ipset');
  t.equal(withoutSets.exitCode, 0);
  t.strictSame(getTitles(withoutSets, '?'), ['commands: ipset']);
  t.match(withoutSets.stdout, /commands: ipset {2}warning: .*\n {4}lost: scenarios with "ipsets"\n {4}remedy: install the package ipset /);
  t.match(withoutSets.stdout, '– ipsets  not tried: commands are missing');

  const needed = await runHidden('doctor', 'iptables-nft-restore');
  t.equal(needed.exitCode, 3);
  t.strictSame(getTitles(needed, '✖'), ['commands: nft']);
  t.match(
    needed.stdout,
    /: iptables-nft-restore, .*\n {4}lost: every scenario.*\n {4}remedy: iptables is here for the back end legacy only: loopfw run, probe and shell work with --backend legacy/,
  );
  t.match(needed.stdout, '– nft, IPv4: rules and trace  not tried: commands are missing');
});

t.test('a machine with one back end only, and one without iptables', needsRoot, async (t) => {
  const legacyOnly = await runHidden('doctor', 'iptables-nft-restore', 'nft');
  t.strictSame(getTitles(legacyOnly, '✖'), ['commands: nft']);
  t.strictSame(getTitles(legacyOnly, '?'), ['commands: nft itself']);
  t.ok(
    ['ipsets', 'raw ICMP'].every((title) => getTitles(legacyOnly, '✔').includes(title)),
    'tried with legacy',
    { legacyOnly },
  );
  const asAdvised = await runHidden('run --backend legacy scenarios/reject.json', 'iptables-nft-restore', 'nft');
  t.match(asAdvised, { exitCode: 0, stderr: '' });

  const nftOnly = await runHidden('doctor', 'iptables-legacy-restore');
  t.equal(nftOnly.exitCode, 0);
  t.match(await runHidden('run scenarios/reject.json', 'iptables-legacy-restore'), { exitCode: 0, stderr: '' });

  const without = await runHidden('doctor', 'iptables-nft-restore', 'iptables-legacy-restore');
  t.match(without.stdout, /lost: every scenario, unless .* has native rule sets only\n {4}remedy: install the package iptables /);
  t.match(without.stdout, /✔ nft itself: rules and trace {2}a reject: the client saw refused/);
  t.match(without.stdout, '– ipsets  not tried: commands are missing');
  const native = await runHidden('run scenarios/rule-sets/ferm-router-nft.json', 'iptables-nft-restore', 'iptables-legacy-restore');
  t.match(native, { exitCode: 0, stderr: '' });
});

/** Runs loopfw where these commands are not. */
function runHidden(command: string, ...names: string[]) {
  return run('unshare', [
    ...['--mount', 'sh', '-c'],
    `for name in ${names.join(' ')}; do mount --bind /dev/null "$(readlink -f "$(command -v $name)")" || exit; done; exec node dist/bin.js ${command}`,
  ]);
}
