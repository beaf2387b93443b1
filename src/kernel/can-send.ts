import { getInterfaceIndex } from './get-interface-index.js';
import { IFINFOMSG_SIZE } from './netlink-constants.js';
import { parseAttributes, readText } from './netlink-message.js';
import type { RouteSocket } from './route-socket.js';

// linux/rtnetlink.h, linux/if_link.h
const RTM_GETLINK = 18;
const IFLA_QDISC = 6;

/**
 * Whether an interface sends its packets. An interface that was brought up before its peer has the qdisc noop, which drops everything. It
 * keeps it until the kernel notices the carrier (linkwatch). The flags do not show this: IFF_RUNNING is set while the state is unknown.
 */
export function canSend(interfaceName: string, socket: RouteSocket): boolean {
  const header = Buffer.alloc(IFINFOMSG_SIZE);
  header.writeInt32LE(getInterfaceIndex(interfaceName), 4);
  const link = socket.get(RTM_GETLINK, header, []);
  return link !== null && readText(parseAttributes(link.subarray(IFINFOMSG_SIZE)), IFLA_QDISC) !== 'noop';
}
