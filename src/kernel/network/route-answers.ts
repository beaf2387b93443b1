import type { Family } from '../../model/rule.js';
import { NDA_DST, NDMSG_SIZE, RTA_DST, RTMSG_SIZE } from '../netlink/constants.js';
import { type AttributeList, makeInt, parseAttributes } from '../netlink/message.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';
import { parsePrefix } from '../sockets/address.js';
import type { RouteSocket } from './rtnetlink.js';

// linux/rtnetlink.h, linux/neighbour.h
const RTM_GETROUTE = 26;
const RTM_GETNEIGH = 30;
const RTA_SRC = 2;
const RTA_IIF = 3;
const RTA_OIF = 4;
const RTA_GATEWAY = 5;
const RTA_MARK = 16;
const RTMSG_TYPE = 7;
/** The types of routes that are told apart. */
const TYPES: Record<number, 'local' | 'broadcast'> = { 2: 'local', 3: 'broadcast' };
const NUD_INCOMPLETE = 0x01;
const NUD_FAILED = 0x20;

/** A packet whose route is asked. */
export interface RouteQuestion {
  family: Family;
  destination: string;
  /** null: whatever source the kernel chooses. */
  source: string | null;
  /** The index of the interface by which the packet came in; 0 if this host sends it. */
  inIndex: number;
  mark: number;
}

/** The kernel's answer: its route, or the errno by which it has none. */
export type RouteAnswer = { errno: string } | { type: 'local' | 'broadcast' | 'other'; outIndex: number; gateway: Buffer | null };

/** Asks the kernel for a packet's route in the calling thread's network namespace, as `ip route get` does (ip-route(8)). */
export function askRoute({ family, destination, source, inIndex, mark }: RouteQuestion, socket: RouteSocket): RouteAnswer {
  const { bytes } = parsePrefix(destination);
  const header = Buffer.alloc(RTMSG_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeUInt8(bytes.length * 8, 1);
  const attributes: AttributeList = [[RTA_DST, bytes]];
  if (source !== null) {
    header.writeUInt8(bytes.length * 8, 2);
    attributes.push([RTA_SRC, parsePrefix(source).bytes]);
  }
  if (inIndex !== 0) {
    attributes.push([RTA_IIF, makeInt(inIndex)]);
  }
  if (mark !== 0) {
    attributes.push([RTA_MARK, makeInt(mark | 0)]);
  }
  const answer = socket.ask(RTM_GETROUTE, header, attributes);
  if ('errno' in answer) {
    return answer;
  }
  const found = parseAttributes(answer.body.subarray(RTMSG_SIZE));
  return {
    type: TYPES[answer.body[RTMSG_TYPE] ?? 0] ?? 'other',
    outIndex: found.get(RTA_OIF)?.readInt32LE() ?? 0,
    gateway: found.get(RTA_GATEWAY) ?? null,
  };
}

/**
 * What the kernel knows of a neighbour's link-layer address (arp(7), RFC 4861). missing: it has found none, or still asks. none: there is no
 * entry, also if one was missing and the kernel has removed it: with more than 128 entries on the machine, a failed one
 * was gone after 5 to 9 s.
 */
export function getNeighbourState(family: Family, address: Buffer, index: number, socket: RouteSocket): 'known' | 'missing' | 'none' {
  const header = Buffer.alloc(NDMSG_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeInt32LE(index, 4);
  const entry = socket.get(RTM_GETNEIGH, header, [[NDA_DST, address]]);
  if (entry === null) {
    return 'none';
  }
  return (entry.readUInt16LE(8) & (NUD_INCOMPLETE | NUD_FAILED)) === 0 ? 'known' : 'missing';
}
