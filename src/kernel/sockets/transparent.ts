import { call } from '../libc.js';
import type { Family } from '../../model/rule.js';
import { ADDRESS_FAMILIES, SOCK_CLOEXEC, SOCK_STREAM } from '../socket-constants.js';
import { setOption } from '../socket-options.js';

/** linux/in.h and linux/in6.h: the level and the name of the option. */
const OPTIONS: Record<Family, [level: number, name: number]> = { ipv4: [0, 19], ipv6: [41, 75] };

/**
 * The descriptor of a TCP socket to which a rule may send connections for any address (IP_TRANSPARENT in ip(7)). The kernel asks for
 * CAP_NET_ADMIN in the user namespace of the network namespace. The sockets of its connections answer from the address that was asked.
 */
export function makeTransparentSocket(family: Family): number {
  const fd = call('socket', ADDRESS_FAMILIES[family], SOCK_STREAM | SOCK_CLOEXEC, 0);
  try {
    setOption(fd, ...OPTIONS[family], 1);
    return fd;
  } catch (error) {
    call('close', fd);
    throw error;
  }
}
