// Prepares the new network namespace in which it was started, and runs a command there. Prints the duration of the command alone, and its
// output.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { runProcess } from '../run-process.js';

/** restore: text for iptables-restore, or null. listen: { address, first, last } or null. command: the command and its arguments. */
const { restore, listen, command } = JSON.parse(process.argv[2]);

if (readlinkSync('/proc/self/ns/net') === readlinkSync(`/proc/${process.ppid}/ns/net`)) {
  throw new Error("this network namespace is the caller's own");
}
run('ip', ['link', 'set', 'lo', 'up']);
if (restore !== null) {
  run('iptables-nft-restore', [], restore);
}
const listeners = listPorts(listen).map((port) => createServer(hangUp).listen({ host: listen.address, port, backlog: 4096 }));
await Promise.all(listeners.map((listener) => once(listener, 'listening')));
const { ms, stdout } = await runProcess(command[0], command.slice(1));
const rules = run('iptables-nft-save', []).match(/^-A /gm)?.length ?? 0;
process.stdout.write(JSON.stringify({ ms, stdout, rules }), () => process.exit());

function run(name, args, input = '') {
  const { status, stdout, stderr } = spawnSync(name, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) {
    throw new Error(`${name}: ${stderr}`);
  }
  return stdout;
}

function listPorts(listen) {
  return listen === null ? [] : Array.from({ length: listen.last - listen.first + 1 }, (_, place) => listen.first + place);
}

/** Closes after the client has closed. A client may reset the connection: that is no error. */
function hangUp(socket) {
  socket.on('error', () => socket.destroy()).resume();
}
