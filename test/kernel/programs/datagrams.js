// In a namespace of its own: what a DatagramReader of four slots makes of ten short answers, and of one that its slots are too short for.
import { call } from '../../../build/kernel/libc.js';
import { NETLINK_ROUTE } from '../../../build/kernel/netlink/constants.js';
import { DatagramReader } from '../../../build/kernel/netlink/datagrams.js';
import { makeMessage } from '../../../build/kernel/netlink/message.js';
import { NetlinkSocket } from '../../../build/kernel/netlink/socket.js';

const NLMSG_NOOP = 1;
const RTM_GETLINK = 18;
const RTM_UNKNOWN = 0xfff2;
const NLM_F_REQUEST_ACK = 0x1 | 0x4;
const NLM_F_REQUEST_DUMP = 0x1 | 0x300;

/** @param {number} slotBytes @param {Buffer[]} requests */
function ask(slotBytes, requests) {
  const socket = call('socket', 16, 3, 0);
  for (const request of requests) {
    call('send', socket, request, request.length, 0);
  }
  const reader = new DatagramReader({ slots: 4, slotBytes });
  /** @type {number[]} */
  const types = [];
  const { lost } = reader.drain(socket, (start) => types.push(reader.view.getUint16(start + 4, true)));
  const again = reader.drain(socket, () => types.push(-1));
  call('close', socket);
  return { types, lost, lostAgain: again.lost };
}

/** What a list that the kernel does not give is called. @param {number} type */
function dump(type) {
  const socket = new NetlinkSocket(NETLINK_ROUTE);
  try {
    socket.dump(makeMessage(type, NLM_F_REQUEST_DUMP, Buffer.alloc(16)), type, () => {});
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : null;
  } finally {
    socket.close();
  }
}

console.log(
  JSON.stringify({
    refused: dump(RTM_UNKNOWN),
    silent: dump(NLMSG_NOOP),
    many: ask(64, Array(10).fill(makeMessage(NLMSG_NOOP, NLM_F_REQUEST_ACK, Buffer.alloc(0)))),
    long: ask(64, [makeMessage(RTM_GETLINK, NLM_F_REQUEST_DUMP, Buffer.alloc(16))]),
    whole: ask(1 << 15, [makeMessage(RTM_GETLINK, NLM_F_REQUEST_DUMP, Buffer.alloc(16))]),
  }),
);
