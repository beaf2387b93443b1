// Connection tracking by netlink (linux/netfilter/nfnetlink_conntrack.h): conntrack -F without the command.
import { EnvironmentError, InternalError } from '../../model/errors.js';
import { getErrorName } from '../libc.js';
import { NLM_F_ACK, NLM_F_REQUEST } from '../netlink/constants.js';
import { makeRequest } from '../netlink/message.js';
import { NetlinkSocket } from '../netlink/socket.js';

const NFNL_SUBSYS_CTNETLINK = 1;
const IPCTNL_MSG_CT_DELETE = (NFNL_SUBSYS_CTNETLINK << 8) | 2;
/** Both families: the kernel reads the family only from a request of version 1. */
const AF_UNSPEC = 0;

/**
 * Deletes all entries of connection tracking in the calling thread's network namespace. A request that names no entry deletes all.
 * @throws EnvironmentError where the kernel has no netlink interface to connection tracking
 */
export function flushConntrack(): void {
  const socket = new NetlinkSocket();
  try {
    socket.send(makeRequest(IPCTNL_MSG_CT_DELETE, NLM_F_REQUEST | NLM_F_ACK, AF_UNSPEC));
    // The kernel does the work, and queues its answer, during send().
    const received = socket.receive();
    const [answer] = typeof received === 'string' ? [] : received;
    if (answer === undefined) {
      throw new InternalError('the kernel did not answer a request to delete the entries of connection tracking');
    }
    if (answer.error !== 0) {
      throw new EnvironmentError(`cannot delete the entries of connection tracking (${getErrorName(answer.error)})`, [
        'as root on the host, modprobe nf_conntrack_netlink',
      ]);
    }
  } finally {
    socket.close();
  }
}
