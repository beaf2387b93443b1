import { NETLINK_ROUTE, NLM_F_DUMP, NLM_F_REQUEST, RTMSG_SIZE } from '../netlink/constants.js';
import { makeMessage } from '../netlink/message.js';
import { NetlinkSocket } from '../netlink/socket.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';
import { withRouteSocket } from './rtnetlink.js';
import { writeSysctls } from './sysctls.js';

// linux/rtnetlink.h
const RTM_NEWROUTE = 24;
const RTM_DELROUTE = 25;
const RTM_GETROUTE = 26;
const RTMSG_FLAGS = 8;
const RTM_F_CLONED = 0x200;

/**
 * Forgets what ICMP errors have told the calling thread's network namespace of its routes: the MTU of a path, and redirects. IPv4 forgets
 * all at once. The setting net.ipv6.route.flush leaves those of IPv6 until they expire, so each is deleted, as `ip -6 route flush cache`
 * does.
 */
export function forgetLearnedRoutes(): void {
  writeSysctls({ 'net.ipv4.route.flush': '-1' });
  withRouteSocket((socket) => listLearnedRoutes().forEach((route) => socket.remove(RTM_DELROUTE, route, [])));
}

/** The kernel's own descriptions of these routes of IPv6. */
function listLearnedRoutes(): Buffer[] {
  const header = Buffer.alloc(RTMSG_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES.ipv6, 0);
  const socket = new NetlinkSocket(NETLINK_ROUTE);
  try {
    const learned: Buffer[] = [];
    socket.dump(makeMessage(RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP, header), RTM_NEWROUTE, ({ bytes, start, end }) => {
      // A body starts behind its first four bytes.
      const route = bytes.subarray(start - 4, end);
      if ((route.readUInt32LE(RTMSG_FLAGS) & RTM_F_CLONED) !== 0) {
        learned.push(Buffer.from(route));
      }
    });
    return learned;
  } finally {
    socket.close();
  }
}
