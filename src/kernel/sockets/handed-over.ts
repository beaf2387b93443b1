// TCP sockets that one process makes for another one. A socket belongs for its whole life to the network namespace of the thread that made
// it, so who gets one can connect it from elsewhere.
import { closeSync } from 'node:fs';
import { EnvironmentError } from '../../model/errors.js';
import type { Family } from '../../model/rule.js';
import { attempt, getErrorName, SystemCallError } from '../libc.js';
import { ADDRESS_FAMILIES, SOCK_CLOEXEC, SOCK_STREAM } from '../socket-constants.js';
import { type DescriptorMessage, receiveMessage, sendMessage } from './descriptor-message.js';

/** A request has the index of its family here. */
const FAMILIES: Family[] = ['ipv4', 'ipv6'];

/** Makes sockets for the other end of a channel until that is closed. The first message says that it is ready. */
export function serveSockets(channel: number): void {
  sendMessage(channel, { numbers: [0, 0], descriptors: [] });
  for (let request = receiveMessage(channel); request !== null; request = receiveMessage(channel)) {
    const family = FAMILIES[request.numbers[0]] ?? 'ipv4';
    const made = attempt('socket', ADDRESS_FAMILIES[family], SOCK_STREAM | SOCK_CLOEXEC, 0);
    sendMessage(channel, { numbers: [made < 0 ? -made : 0, 0], descriptors: made < 0 ? [] : [made] });
    if (made >= 0) {
      closeSync(made);
    }
  }
}

/**
 * Waits until the other end is ready, or has made the socket that requestSocket() asked for.
 * @throws EnvironmentError where the other end has ended, or does not answer in time (see limitWait)
 */
export function receiveAnswer(channel: number): DescriptorMessage {
  try {
    const answer = receiveMessage(channel);
    if (answer !== null) {
      return answer;
    }
  } catch (error) {
    if (!(error instanceof SystemCallError)) {
      throw error;
    }
  }
  throw new EnvironmentError('the process that makes sockets in the world has ended, or does not answer');
}

/** Makes an unconnected socket in the namespace of the other end. Returns its descriptor. @throws EnvironmentError where it cannot be made */
export function requestSocket(channel: number, family: Family): number {
  try {
    sendMessage(channel, { numbers: [FAMILIES.indexOf(family), 0], descriptors: [] });
  } catch (error) {
    throw new EnvironmentError(`the process that makes sockets in the world has ended: ${(error as Error).message}`);
  }
  const { numbers, descriptors } = receiveAnswer(channel);
  const [descriptor] = descriptors;
  if (descriptor === undefined) {
    throw new EnvironmentError(`no socket can be made in the world: ${getErrorName(numbers[0])}`);
  }
  return descriptor;
}
