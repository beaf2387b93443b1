// Sockets that belong to another user. A socket has the user and the group of the process that made it, and rules ask for them (--uid-owner,
// --gid-owner, nft's skuid and skgid). The group has the same id as the user: most machines give each user a group of its own. Where root runs loopfw, a small process of its own makes these sockets and hands them over.
import { closeSync } from 'node:fs';
import { EnvironmentError, InternalError } from '../../model/errors.js';
import type { Family } from '../../model/rule.js';
import { attempt, call, getErrorName, SystemCallError } from '../libc.js';
import { ADDRESS_FAMILIES, SOCK_CLOEXEC, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM } from '../socket-constants.js';
import { type DescriptorMessage, limitWait, makeSocketPair, receiveMessage, sendMessage } from '../sockets/descriptor-message.js';
import { assertOutsideNetworkNamespace } from './namespace-name.js';
import { enterNetworkNamespace, openNetworkNamespace } from './namespace.js';

/** How long a socket may take. It takes less than a millisecond. */
const LIMIT_S = 10;
/** No process can have this id (setfsuid(2), setfsgid(2)). */
const NO_ID = 0xffffffff;

/** The type and the protocol of a socket, without those of its family (socket(2), linux/in.h, linux/in6.h). A request has its index here. */
const KINDS = [
  { transport: 'tcp', family: 'ipv4', type: SOCK_STREAM, protocol: 0 },
  { transport: 'tcp', family: 'ipv6', type: SOCK_STREAM, protocol: 0 },
  { transport: 'udp', family: 'ipv4', type: SOCK_DGRAM, protocol: 0 },
  { transport: 'udp', family: 'ipv6', type: SOCK_DGRAM, protocol: 0 },
  { transport: 'icmp', family: 'ipv4', type: SOCK_RAW, protocol: 1 },
  { transport: 'icmp', family: 'ipv6', type: SOCK_RAW, protocol: 58 },
] as const;

export type Transport = (typeof KINDS)[number]['transport'];

/** Asks the process that makes sockets. All threads of the sandbox use one channel. */
export class UserSockets {
  /** The sandbox's end of the channel. */
  readonly channel: number;

  constructor(channel: number) {
    this.channel = channel;
  }

  /**
   * Makes a blocking socket of a user, in the calling thread's network namespace. Its descriptor is close-on-exec.
   * @throws EnvironmentError where the kernel refuses it
   */
  make(user: number, transport: Transport, family: Family): number {
    const kind = KINDS.findIndex((each) => each.transport === transport && each.family === family);
    const namespace = openNetworkNamespace();
    // The answer comes on a pair of its own, for other threads ask on the channel too.
    const [own, others] = makeSocketPair();
    try {
      const answer = this.#ask(own, others, [user, kind], namespace);
      const [descriptor] = answer?.descriptors ?? [];
      if (descriptor === undefined) {
        const reason = answer === null ? 'the process that makes such sockets has ended' : getErrorName(answer.numbers[0]);
        throw new EnvironmentError(`no socket of user ${user} can be made: ${reason}`);
      }
      return descriptor;
    } finally {
      closeSync(own);
    }
  }

  /** Sends a request, and waits for its answer; null where the process has ended. */
  #ask(own: number, others: number, numbers: [user: number, kind: number], namespace: number): DescriptorMessage | null {
    try {
      limitWait(own, LIMIT_S);
      sendMessage(this.channel, { numbers, descriptors: [namespace, others] });
    } catch (error) {
      if (error instanceof SystemCallError && error.errno === 'EPIPE') {
        return null;
      }
      throw error;
    } finally {
      closeSync(namespace);
      closeSync(others);
    }
    return receiveMessage(own);
  }
}

/**
 * Makes sockets for the other end of a channel until that is closed. The calling thread is in another namespace only while it makes one: a
 * world would live on with it.
 * Of each request it reads a user id, and which of six kinds of sockets is asked for.
 *
 * @param callersNamespace the network namespace in which it must make none
 */
export function serveUserSockets(channel: number, callersNamespace: string): void {
  const home = openNetworkNamespace();
  for (let request = receiveMessage(channel); request !== null; request = receiveMessage(channel)) {
    const [user, kind] = request.numbers;
    const [namespace, answer] = request.descriptors;
    if (namespace !== undefined && answer !== undefined) {
      enterNetworkNamespace(namespace);
      assertOutsideNetworkNamespace(callersNamespace);
      const made = makeSocket(user, kind);
      enterNetworkNamespace(home);
      sendMessage(answer, { numbers: [made < 0 ? -made : 0, 0], descriptors: made < 0 ? [] : [made] });
      if (made >= 0) {
        closeSync(made);
      }
    }
    request.descriptors.forEach((descriptor) => closeSync(descriptor));
  }
}

/** The descriptor of a socket of a user and its group, or a negative errno. Root has none: it is not given back by way of a socket. */
function makeSocket(id: number, kind: number): number {
  const numbers = KINDS[kind];
  if (numbers === undefined || id === 0 || id === NO_ID) {
    return -1; // EPERM
  }
  // A file has the file system ids of the thread. setfsuid(2) and setfsgid(2) report no error: a second call tells the id that counts.
  const before = { group: call('setfsgid', id), user: call('setfsuid', id) };
  const isTaken = call('setfsgid', NO_ID) === id && call('setfsuid', NO_ID) === id;
  const made = isTaken ? attempt('socket', ADDRESS_FAMILIES[numbers.family], numbers.type | SOCK_CLOEXEC, numbers.protocol) : -1;
  call('setfsgid', before.group);
  call('setfsuid', before.user);
  if (call('setfsgid', NO_ID) !== before.group || call('setfsuid', NO_ID) !== before.user) {
    throw new InternalError('the process that makes sockets cannot take its own ids again');
  }
  return made;
}
