import { getInterfaceIndex } from './get-interface-index.js';
import { IFINFOMSG_SIZE } from './netlink-constants.js';
import { parseAttributes, readText } from './netlink-message.js';
import type { RouteSocket } from './route-socket.js';

// linux/rtnetlink.h, linux/if_link.h
const RTM_GETLINK = 18;
const IFLA_QDISC = 6;

/**
 * Whether an interface sends what it is given. One that has been brought up before its peer has the qdisc noop, which drops everything, until
 * the kernel takes notice of the carrier (linkwatch). Its flags do not tell: IFF_RUNNING is there as long as nothing is known.
 */
export function canSend(interfaceName: string, socket: RouteSocket): boolean {
  const header = Buffer.alloc(IFINFOMSG_SIZE);
  header.writeInt32LE(getInterfaceIndex(interfaceName), 4);
  const link = socket.get(RTM_GETLINK, header, []);
  return link !== null && readText(parseAttributes(link.subarray(IFINFOMSG_SIZE)), IFLA_QDISC) !== 'noop';
}
