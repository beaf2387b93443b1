// Starts the process that makes sockets of other users, as root. Prints its rights, whose its sockets are, and what it refuses.
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { UserSockets } from '../../../build/kernel/network/user-sockets.js';
import { makeSocketPair, receiveMessage, sendMessage } from '../../../build/kernel/sockets/descriptor-message.js';

const [, , maker, callersNamespace] = process.argv;
const [channel, others] = makeSocketPair();
const child = spawn(process.execPath, [maker, callersNamespace], { stdio: [others, 'ignore', 'ignore'] });
closeSync(others);
receiveMessage(channel);
const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
const sockets = new UserSockets(channel);

/** The user and the group of a new socket, or the message of the error. */
function attempt(user, transport, family) {
  try {
    const descriptor = sockets.make(user, transport, family);
    const { uid, gid } = fstatSync(descriptor);
    closeSync(descriptor);
    return [uid, gid];
  } catch (error) {
    return error.message;
  }
}

/** The errno that answers a request of our own making. */
function ask(numbers, namespacePath) {
  const [own, answer] = makeSocketPair();
  const namespace = openSync(namespacePath, 'r');
  sendMessage(channel, { numbers, descriptors: [namespace, answer] });
  closeSync(answer);
  const reply = receiveMessage(own);
  return reply === null ? 'ended' : reply.numbers[0];
}

const transports = ['tcp', 'udp', 'icmp'];
console.log(
  JSON.stringify({
    status,
    kinds: transports.flatMap((transport) => ['ipv4', 'ipv6'].map((family) => attempt(1000, transport, family))),
    users: [1, 65534, 4294967294].map((user) => attempt(user, 'tcp', 'ipv4')),
    root: attempt(0, 'tcp', 'ipv4'),
    nobody: attempt(4294967295, 'tcp', 'ipv4'),
    unknownKind: ask([1000, 99], '/proc/self/ns/net'),
    callers: ask([1000, 0], `/proc/${process.ppid}/ns/net`),
    afterwards: attempt(1000, 'tcp', 'ipv4'),
  }),
);
process.exit();
