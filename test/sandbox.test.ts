// The promise that matters most: whatever dies when, nothing is left and the caller's network is as it was.
import { execa } from 'execa';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { run, withoutTap } from './support/loopfw.js';
import { getPackage } from './support/package.js';
import { readResult } from './support/result.js';

/** Kills of each kind; the closing check of a release asks for 50. */
const KILLS = Number(process.env['LOOPFW_TEST_KILLS'] ?? 3);
const SLOW = JSON.stringify({
  name: 'a client that waits',
  servers: { web: 'tcp://127.0.0.2:80' },
  rules: ['-A INPUT -p tcp -j DROP'],
  probes: [{ from: '127.0.0.1', to: 'web', timeoutMs: 20000, expect: 'dropped' }],
});

/** From the start of the sandbox until its client waits, on a busy machine. */
const WHOLE_RUN_MS = 1000;

type Victim = 'loopfw' | 'unshare' | 'PID 1';

for (const ordinary of [false, true]) {
  const who = ordinary ? 'an ordinary user' : 'the caller';
  for (const victim of ['loopfw', 'unshare', 'PID 1'] as const) {
    t.test(`kill -9 of ${victim}, run by ${who}, leaves nothing`, async (t) => {
      const before = await takeStock();
      for (let kill = 0; kill < KILLS; kill++) {
        const { left, exitCode, stdout } = await startAndKill(victim, (kill / KILLS) * WHOLE_RUN_MS, ordinary);
        t.strictSame(left, []);
        if (victim !== 'loopfw') {
          t.equal(exitCode, 4, 'a killed sandbox is an internal error');
          t.ok(stdout === '' || readResult({ stdout, stderr: '' }).scenarios.every(({ status }) => status === 'error'), 'and no verdict');
        }
      }
      t.strictSame(await takeStock(), before);
    });
  }
}

for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  t.test(`${signal} gives a report marked aborted and leaves nothing`, async (t) => {
    const before = await takeStock();
    const { child, pid } = await start(false);
    await findVictim(pid, 'PID 1');
    await sleep(WHOLE_RUN_MS);
    const belongings = getBelongings(pid);
    child.kill(signal);
    const ended = await child;
    t.ok(belongings.namespaces.size > 0);
    t.strictSame(await getLeft(belongings), []);
    t.equal(ended.exitCode, 128 + number);
    t.match(readResult(ended), { aborted: true, scenarios: [] });
    t.strictSame(await takeStock(), before);
  });
}

t.test(
  'without iptables, and where namespaces are denied: exit 3, and the reason',
  { skip: process.getuid?.() !== 0 && getSkipReason() },
  async (t) => {
    const hide =
      'for f in $(command -v iptables-nft-restore); do mount --bind /dev/null "$f"; done; exec node dist/bin.js run scenarios/reject.json';
    const hidden = await run('unshare', ['--mount', 'sh', '-c', hide]);
    t.equal(hidden.exitCode, 3);
    t.match(hidden.stdout, 'iptables-nft-restore is not in PATH, /usr/sbin or /sbin: install the package iptables');

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
async function start(ordinary: boolean) {
  const { folder, prefix } = await getPackage(ordinary);
  const command = [...prefix, process.execPath, `${folder}/dist/bin.js`, 'run', '-r', 'json', '--patience', 'full', '-'];
  const child = execa('env', withoutTap(command), { input: SLOW, reject: false, cwd: '/' });
  return { child, pid: child.pid ?? 0 };
}

async function startAndKill(victim: Victim, delayMs: number, ordinary: boolean) {
  const { child, pid } = await start(ordinary);
  const target = victim === 'loopfw' ? pid : await findVictim(pid, victim);
  await sleep(delayMs);
  // Held still, so that it starts nothing between the look at what it has and the kill.
  process.kill(pid, 'SIGSTOP');
  const belongings = getBelongings(pid);
  process.kill(target, 'SIGKILL');
  process.kill(pid, 'SIGCONT');
  const left = await getLeft(belongings);
  const { exitCode, stdout } = await child;
  return { left, exitCode, stdout };
}

/** Waits for unshare, loopfw's child, or for PID 1, unshare's. */
async function findVictim(loopfw: number, victim: Exclude<Victim, 'loopfw'>): Promise<number> {
  for (let attempt = 0; attempt < 2000; attempt++) {
    const unshare = getChildren(loopfw)[0];
    const pid = victim === 'unshare' ? unshare : unshare === undefined ? undefined : getChildren(unshare)[0];
    if (pid !== undefined) {
      return pid;
    }
    await sleep(1);
  }
  throw new Error(`${victim} did not start`);
}

function getChildren(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
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
  pids: Set<string>;
  namespaces: Set<string>;
}

/** What a loopfw has started so far: its processes, and the namespaces of their threads. Other tests may run sandboxes at the same time. */
function getBelongings(loopfw: number): Belongings {
  const pids = getChildren(loopfw).flatMap(getTree).map(String);
  const own = new Set(getNamespaces('self'));
  return { pids: new Set(pids), namespaces: new Set(pids.flatMap(getNamespaces).filter((namespace) => !own.has(namespace))) };
}

function getTree(pid: number): number[] {
  return [pid, ...getChildren(pid).flatMap(getTree)];
}

function getNamespaces(pid: string): string[] {
  return readProc(() =>
    readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      ['net', 'pid', 'user'].flatMap((kind) => readProc(() => [readlinkSync(`/proc/${pid}/task/${thread}/ns/${kind}`)])),
    ),
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

/** What is left a second later at the latest: processes, and whatever lives in the namespaces. */
async function getLeft({ pids, namespaces }: Belongings): Promise<string[]> {
  const find = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => !isZombie(pid) && (pids.has(pid) || getNamespaces(pid).some((namespace) => namespaces.has(namespace))));
  const deadline = performance.now() + 1000;
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
