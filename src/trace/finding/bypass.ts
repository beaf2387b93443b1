import type { TracedPacket } from '../journey/packet.js';
import type { Exchange } from './conversation.js';

/**
 * Whether the answer to the latest request went to the client without the world. A rule had sent the request to a machine that the client
 * reaches directly, and had left the source as it was. So that machine answered the client itself, from an address that the client has not
 * asked. No client takes this for an answer, and a TCP stack resets it.
 *
 * @param beside the addresses of the machines that the client reaches without the world
 */
export function isAnsweredDirectly(exchanges: Exchange[], beside: string[]): boolean {
  const request = exchanges.at(-1)?.requests[0];
  return request !== undefined && request.end === null && isForwarded(request) && isSentBack(request, beside);
}

function isForwarded({ steps, passed }: TracedPacket): boolean {
  return [...steps, ...passed].some(({ hook }) => hook === 'forward');
}

function isSentBack({ headers, rewritten }: TracedPacket, beside: string[]): boolean {
  return (
    rewritten !== null &&
    rewritten.source === headers.source &&
    rewritten.destination !== headers.destination &&
    beside.includes(rewritten.destination)
  );
}
