import type { RouteSpec, RouteType } from '../../model/scenario.js';
import { RTA_DST, RTMSG_SIZE, SCOPES } from '../netlink/constants.js';
import { type AttributeList, makeInt } from '../netlink/message.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';
import { parsePrefix } from '../sockets/address.js';
import { getInterfaceIndex } from './links.js';
import type { RouteSocket } from './rtnetlink.js';

// linux/rtnetlink.h
const RTM_NEWROUTE = 24;
const RTM_DELROUTE = 25;
const RTA_OIF = 4;
const RTA_GATEWAY = 5;
const RTA_PRIORITY = 6;
const RTA_PREFSRC = 7;
const RTA_TABLE = 15;
const RTNH_F_ONLINK = 4;
const RTPROT_BOOT = 3;
const TABLES = { main: 254, local: 255 };
const TYPES: Record<RouteType, number> = { unicast: 1, local: 2, blackhole: 6, unreachable: 7, prohibit: 8, throw: 9 };

/** Adds a route to the calling thread's network namespace, with the defaults of `ip route add` (ip-route(8)). @throws KernelRefusal */
export function addRoute(route: Omit<RouteSpec, 'text'>, socket: RouteSocket): void {
  const { header, attributes } = describeRoute(route);
  socket.add(RTM_NEWROUTE, header, attributes);
}

/** Removes a route that addRoute() has added. @throws KernelRefusal */
export function removeRoute(route: Omit<RouteSpec, 'text'>, socket: RouteSocket): void {
  const { header, attributes } = describeRoute(route);
  socket.remove(RTM_DELROUTE, header, attributes);
}

function describeRoute(route: Omit<RouteSpec, 'text'>): { header: Buffer; attributes: AttributeList } {
  const { family, bytes, length } = parsePrefix(route.prefix);
  const header = Buffer.alloc(RTMSG_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeUInt8(length, 1);
  header.writeUInt8(route.type === 'local' ? TABLES.local : TABLES.main, 4);
  header.writeUInt8(RTPROT_BOOT, 5);
  header.writeUInt8(SCOPES[getScope(route)], 6);
  header.writeUInt8(TYPES[route.type], 7);
  header.writeUInt32LE(route.onlink ? RTNH_F_ONLINK : 0, 8);
  const attributes: AttributeList = length === 0 ? [] : [[RTA_DST, bytes]];
  if (route.device !== null) {
    attributes.push([RTA_OIF, makeInt(getInterfaceIndex(route.device))]);
  }
  if (route.via !== null) {
    attributes.push([RTA_GATEWAY, parsePrefix(route.via).bytes]);
  }
  if (route.source !== null) {
    attributes.push([RTA_PREFSRC, parsePrefix(route.source).bytes]);
  }
  if (route.metric !== null) {
    attributes.push([RTA_PRIORITY, makeInt(route.metric | 0)]);
  }
  if (route.table !== null) {
    // It counts instead of the table in the header, which has one byte.
    attributes.push([RTA_TABLE, makeInt(route.table | 0)]);
  }
  return { header, attributes };
}

/** The route's scope: how far away the destination is. Only IPv4 uses it. */
function getScope({ family, type, via }: Pick<RouteSpec, 'family' | 'type' | 'via'>): keyof typeof SCOPES {
  if (family === 'ipv4' && type === 'local') {
    return 'host';
  }
  return family === 'ipv4' && type === 'unicast' && via === null ? 'link' : 'universe';
}
