// A program under `loopfw exec` that attacks everything that it can name. It prints what was not refused.
const { spawnSync } = require('node:child_process');
const { readdirSync, readFileSync, openSync, readlinkSync } = require('node:fs');
const { connect } = require('node:net');
const { networkInterfaces } = require('node:os');
const koffi = require('koffi');

const PTRACE_ATTACH = 16;
const ptrace = koffi.load(null).func('long ptrace(long request, int pid, void *address, void *data)');
const succeeded = [];

function attempt(name, work) {
  try {
    work();
    succeeded.push(name);
  } catch {}
}

// The ids of its own threads are pids for kill(2), too. NSpid: /proc has those of the caller's namespace.
const own = readdirSync('/proc/self/task').map((thread) =>
  Number(/^NSpid:.*\t(\d+)$/m.exec(readFileSync(`/proc/self/task/${thread}/status`, 'utf8'))[1]),
);

// The init of its own pid namespace, 1, ignores signals (pid_namespaces(7)). So kill(2) of it succeeds without any effect.
for (let pid = 1; pid <= 5000; pid++) {
  if (!own.includes(pid)) {
    if (ptrace(PTRACE_ATTACH, pid, null, null) !== -1) {
      succeeded.push(`ptrace ${pid}`);
    }
    for (const signal of ['SIGUSR1', 'SIGKILL']) {
      attempt(`${signal} ${pid}`, () => process.kill(pid, signal));
    }
  }
}
attempt('SIGKILL -1', () => process.kill(-1, 'SIGKILL'));

// /proc is the caller's: it shows the processes of loopfw. The program's parent is loopfw itself.
const self = readlinkSync('/proc/self');
const [, loopfw] = /^PPid:\t(\d+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
const reached = listTree(loopfw).filter((pid) => pid !== self);
for (const pid of reached) {
  attempt(`mem of ${pid}`, () => openSync(`/proc/${pid}/mem`, 'r+'));
  attempt(`ns/net of ${pid}`, () => openSync(`/proc/${pid}/ns/net`, 'r'));
}

function listTree(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
  );
  return [pid, ...children.flatMap(listTree)];
}

for (const [command, ...args] of [
  ['iptables', '-F'],
  ['nft', 'flush', 'ruleset'],
  ['ip', 'link', 'set', 'lo', 'down'],
  ['unshare', '--net', 'true'],
]) {
  const { status } = spawnSync(command, args, { env: { PATH: '/usr/sbin:/sbin:/usr/bin:/bin' } });
  if (status === 0) {
    succeeded.push([command, ...args].join(' '));
  }
}

const addresses = [
  '0.0.0.0',
  '127.0.0.2',
  '::1',
  ...Object.values(networkInterfaces()).flatMap((each) => each.map(({ address }) => address)),
];
let waiting = addresses.length;
for (const address of addresses) {
  const socket = connect(9229, address, () => succeeded.push(`the debugger at ${address}`));
  socket.on('error', () => {});
  socket.setTimeout(1000, () => socket.destroy());
  socket.on('close', () => {
    if (--waiting === 0) {
      connect(8000, '127.0.0.2').on('error', ({ code }) => {
        console.log(JSON.stringify({ tried: reached.length, succeeded, fault: code }));
        process.exitCode = 42;
      });
    }
  });
}
