// The promise that matters most: whatever dies when, nothing is left and the caller's network is as it was.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import t from 'tap';
import { run, withoutTap } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';
import { readResult } from '../../support/result.js';

/** Kills of each kind; `npm run soak` makes a hundred. */
const KILLS = Number(process.env['LOOPFW_TEST_KILLS'] ?? 2);

/** From the start of the sandbox until its client waits, on a busy machine. */
const WHOLE_RUN_MS = 1000;

/** sysconf(_SC_CLK_TCK), on every architecture of Linux that Node.js has. */
const CLOCK_TICKS = 100;

type Victim = 'loopfw' | 'unshare' | 'PID 1' | 'helper' | 'program' | 'init';

/** A loopfw that lasts, and what of it may be killed, with the exit code that there must be then. */
interface Subject {
  args: string[];
  input: string;
  victims: Partial<Record<Victim, number | undefined>>;
  /** The names of its helpers, or of its program (proc_pid_comm(5)). */
  comm: RegExp;
}

const RUN = ['run', '-r', 'json', '--patience', 'full', '--allow-commands', '-'];
const PROBE = { from: '127.0.0.1', to: 'web', timeoutMs: 20_000, expect: 'dropped' };
const WEB = 'tcp://127.0.0.2:80';

const SUBJECTS: Record<string, Subject> = {
  'a run': {
    args: RUN,
    input: JSON.stringify({ name: 'a client that waits', servers: { web: WEB }, rules: ['-A INPUT -p tcp -j DROP'], probes: [PROBE] }),
    victims: { loopfw: undefined, unshare: 4, 'PID 1': 4 },
    comm: /^-$/,
  },
  'a run with helpers': {
    args: RUN,
    input: JSON.stringify({
      name: 'many rules',
      servers: { web: WEB },
      rules: [...Array.from({ length: 5000 }, (_, port) => `-A INPUT -p udp --dport ${port} -j DROP`), '-A INPUT -p tcp -j DROP'],
      probes: [PROBE],
    }),
    victims: { helper: 4 },
    comm: /^iptables/,
  },
  'a run with a program': {
    args: RUN,
    input: JSON.stringify({
      name: 'a program that is not ready',
      servers: { web: { protocol: 'tcp', address: '127.0.0.2', port: 80, command: ['sleep', '20'] } },
      rules: [],
      probes: [PROBE],
    }),
    victims: { loopfw: undefined, unshare: 4, 'PID 1': 4, program: 2 },
    comm: /^sleep$/,
  },
  exec: {
    args: ['exec', '--fault', 'refused=127.0.0.2:80', '--', 'tail', '-f', '/dev/null'],
    input: '',
    victims: { loopfw: undefined, unshare: 4, 'PID 1': 4, program: 137, init: 4 },
    comm: /^tail$/,
  },
};

for (const ordinary of [false, true]) {
  const who = ordinary ? 'an ordinary user' : 'the caller';
  for (const [name, subject] of Object.entries(SUBJECTS)) {
    for (const [victim, expected] of Object.entries(subject.victims) as [Victim, number | undefined][]) {
      t.test(`kill -9 of ${victim}, ${name} by ${who}, leaves nothing`, async (t) => {
        const before = await takeStock();
        for (let kill = 0; kill < KILLS; kill++) {
          const { left, exitCode, stdout } = await startAndKill(subject, victim, (kill / KILLS) * WHOLE_RUN_MS, ordinary);
          t.strictSame(left, []);
          if (victim !== 'loopfw') {
            t.equal(exitCode, expected);
            const isReport = subject.args === RUN && stdout !== '';
            t.ok(!isReport || readResult({ stdout, stderr: '' }).scenarios.every(({ status }) => status === 'error'), 'no verdict');
          }
        }
        t.strictSame(await takeStock(), before);
      });
    }
  }
}

for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  t.test(`${signal} gives a report marked aborted and leaves nothing`, async (t) => {
    const before = await takeStock();
    const subject = SUBJECTS['a run']!;
    const { child, pid } = await start(subject, false);
    await findVictim(pid, subject, 'PID 1');
    await sleep(WHOLE_RUN_MS);
    const belongings = getBelongings(pid);
    child.kill(signal);
    const ended = await child;
    t.equal(belongings.namespaces.size, 1);
    t.strictSame(await getLeft(belongings), []);
    t.equal(ended.exitCode, 128 + number);
    t.match(readResult(ended), { aborted: true, scenarios: [] });
    t.strictSame(await takeStock(), before);
  });
}

t.test('SIGINT while advice is tried leaves nothing, and the verdict without a trial', async (t) => {
  const before = await takeStock();
  // The first run takes no time. With the second rule first, the client of port 81 waits: its answer is dropped, and its time is measured.
  const rules = [
    '-A INPUT -d 127.0.0.2 -j REJECT',
    '-A INPUT -d 127.0.0.2 -p tcp -j ACCEPT',
    '-t mangle -A INPUT -p tcp --sport 81 -j DROP',
  ];
  const rejected = { outcome: 'refused', cause: 'rejected', withinMs: 20_000 };
  const probes = [
    { from: '127.0.0.1', to: 'web', expect: 'connected' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:81', timeoutMs: 20_000, expect: rejected },
  ];
  const input = JSON.stringify({ name: 'a long trial', servers: { web: WEB }, rules, probes });
  const subject: Subject = { args: ['run', '-r', 'json', '-'], input, victims: {}, comm: /^-$/ };
  const { child, pid } = await start(subject, false);
  await findVictim(pid, subject, 'PID 1');
  await sleep(3 * WHOLE_RUN_MS);
  const belongings = getBelongings(pid);
  child.kill('SIGINT');
  const ended = await child;
  t.strictSame(await getLeft(belongings), []);
  t.equal(ended.exitCode, 130);
  const results = [{ status: 'failed', advice: /^Move rule 1 .*before rule 0/, adviceTrial: null }, { status: 'passed' }];
  t.match(readResult(ended), { aborted: true, scenarios: [{ probes: results }] });
  t.strictSame(await takeStock(), before);
});

t.test(
  'without iptables, and where namespaces are denied: exit 3, and the reason',
  { skip: process.getuid?.() !== 0 && getSkipReason() },
  async (t) => {
    const hide =
      'for f in $(command -v iptables-nft-restore); do mount --bind /dev/null "$f"; done; exec node dist/bin.js run scenarios/reject.json';
    const hidden = await run('unshare', ['--mount', 'sh', '-c', hide]);
    t.equal(hidden.exitCode, 3);
    t.match(hidden.stderr, 'iptables-nft-restore is not in PATH, /usr/sbin or /sbin: iptables is here for the back end legacy only');
    t.equal(hidden.stdout, '', 'nothing has run');

    const deny = 'echo 0 > /proc/sys/user/max_net_namespaces; exec node dist/bin.js run scenarios/reject.json';
    const denied = await run('unshare', ['--user', '--map-root-user', 'sh', '-c', deny]);
    t.equal(denied.exitCode, 3);
    t.match(denied.stderr, /cannot start the sandbox: unshare: unshare failed/);
  },
);

/** In continuous integration a missing capability fails; elsewhere it is skipped aloud. */
function getSkipReason(): string | false {
  return process.env['CI'] ? false : 'needs root';
}

/** In an object, for awaiting a child means awaiting its end. */
async function start({ args, input }: Subject, ordinary: boolean) {
  const { folder, prefix } = await getPackage(ordinary);
  const command = [...prefix, process.execPath, `${folder}/dist/bin.js`, ...args];
  const child = execa('env', withoutTap(command), { input, reject: false, cwd: '/' });
  return { child, pid: child.pid ?? 0 };
}

async function startAndKill(subject: Subject, victim: Victim, delayMs: number, ordinary: boolean) {
  const { child, pid } = await start(subject, ordinary);
  const isLate = ['helper', 'program', 'init'].includes(victim);
  const early = victim === 'loopfw' ? pid : isLate ? null : await findVictim(pid, subject, victim);
  await sleep(isLate ? 0 : delayMs);
  const target = early ?? (await findVictim(pid, subject, victim));
  // Held still, so that it starts nothing between the look at what it has and the kill.
  process.kill(pid, 'SIGSTOP');
  const belongings = getBelongings(pid);
  process.kill(target, 'SIGKILL');
  process.kill(pid, 'SIGCONT');
  const left = await getLeft(belongings);
  const { exitCode, stdout } = await child;
  return { left, exitCode, stdout };
}

/** Waits for unshare, loopfw's child; for PID 1, unshare's; or for what is below them. */
async function findVictim(loopfw: number, { comm: meantComm }: Subject, victim: Victim): Promise<number> {
  const find = () => {
    const [unshare] = getChildren(loopfw);
    if (victim === 'unshare' || victim === 'PID 1') {
      return victim === 'unshare' || unshare === undefined ? unshare : getChildren(unshare)[0];
    }
    const below = getChildren(loopfw).flatMap(getTree);
    const meant = below.find((pid) => meantComm.test(getComm(pid)));
    return victim === 'init' && meant !== undefined ? below.find((pid) => getComm(pid) === 'sleep') : meant;
  };
  for (let attempt = 0; attempt < 5000; attempt++) {
    const pid = find();
    if (pid !== undefined) {
      return pid;
    }
    await sleep(1);
  }
  throw new Error(`${victim} did not start`);
}

function getComm(pid: number): string {
  return readProc(() => [readFileSync(`/proc/${pid}/comm`, 'utf8').trim()])[0] ?? '';
}

/** Of all its threads. */
function getChildren(pid: number): number[] {
  return readProc(() =>
    readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    ),
  );
}

/** The caller's network and mounts, which nothing may change. */
async function takeStock() {
  return {
    rules: process.getuid?.() === 0 ? (await run('nft', ['list', 'ruleset'])).stdout : '',
    addresses: (await run('ip', ['addr'])).stdout,
    mounts: readFileSync('/proc/self/mounts', 'utf8'),
  };
}

interface Belongings {
  /** By pid and time of start: pids are used again. */
  processes: Set<string>;
  /** When that was seen, as /proc has times of start: a namespace's number is used again, by processes that come later. */
  seen: number;
  namespaces: Set<string>;
}

/** What a loopfw has started so far: its processes, and the namespaces of their threads. Other tests may run sandboxes at the same time. */
function getBelongings(loopfw: number): Belongings {
  const pids = getChildren(loopfw).flatMap(getTree).map(String);
  const own = new Set(getNamespaces('self'));
  const seen = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * CLOCK_TICKS;
  return {
    processes: new Set(pids.map(identify)),
    seen,
    namespaces: new Set(pids.flatMap(getNamespaces).filter((namespace) => !own.has(namespace))),
  };
}

function getTree(pid: number): number[] {
  return [pid, ...getChildren(pid).flatMap(getTree)];
}

/** A process by its pid and the time of its start. */
function identify(pid: string): string {
  return `${pid} ${getStart(pid)}`;
}

/** In clock ticks since the machine's start (proc_pid_stat(5)). */
function getStart(pid: string): number {
  const [stat = ''] = readProc(() => [readFileSync(`/proc/${pid}/stat`, 'utf8')]);
  return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[20]);
}

/**
 * The pid namespaces of its threads. All that a sandbox starts is in one of its own; the number of a network namespace that is gone would
 * soon be another sandbox's, whose threads make one for each scenario.
 */
function getNamespaces(pid: string): string[] {
  return readProc(() =>
    readdirSync(`/proc/${pid}/task`).flatMap((thread) => readProc(() => [readlinkSync(`/proc/${pid}/task/${thread}/ns/pid`)])),
  );
}

/** What ended while we looked is not there. */
function readProc<Value>(read: () => Value[]): Value[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** What is left three seconds later at the latest: processes, and whatever lives in the namespaces. On a calm machine all is gone after 20 ms. */
async function getLeft({ processes, seen, namespaces }: Belongings): Promise<string[]> {
  const find = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => !isZombie(pid) && getStart(pid) <= seen + 1)
      .filter((pid) => processes.has(identify(pid)) || getNamespaces(pid).some((namespace) => namespaces.has(namespace)));
  const deadline = performance.now() + 3000;
  let left = find();
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(20);
    left = find();
  }
  return left;
}

/** It has ended and holds nothing; when its status is taken is the machine's init's affair. */
function isZombie(pid: string): boolean {
  return readProc(() => [readFileSync(`/proc/${pid}/stat`, 'utf8')]).every((stat) => / [ZX] /.test(stat.slice(stat.lastIndexOf(')'))));
}
