// Messages with file descriptors (SCM_RIGHTS in unix(7)) between processes or threads.
import koffi from 'koffi';
import { call } from '../libc.js';
import { SOCK_CLOEXEC } from '../socket-constants.js';
import { SOL_SOCKET } from '../socket-options.js';

// sys/socket.h
const AF_UNIX = 1;
const SOCK_SEQPACKET = 5;
const SO_RCVTIMEO = 20;
const SCM_RIGHTS = 1;
const MSG_NOSIGNAL = 0x4000;
const MSG_CMSG_CLOEXEC = 0x40000000;

/** The data of every message: two numbers of 32 bits. */
const DATA_BYTES = 8;
const MOST_DESCRIPTORS = 2;

// One block of memory on a 64-bit machine: struct msghdr, struct iovec, the data, and the control message with its header (struct cmsghdr).
const VECTOR_AT = 56;
const DATA_AT = 72;
const CONTROL_AT = 80;
const DESCRIPTORS_AT = CONTROL_AT + 16;
const WHOLE_BYTES = DESCRIPTORS_AT + 4 * MOST_DESCRIPTORS;

/** Two numbers, and up to two file descriptors. */
export interface DescriptorMessage {
  numbers: [number, number];
  descriptors: number[];
}

/** A pair of connected sockets that keep the borders of messages. Both are closed when a program is started (close-on-exec). */
export function makeSocketPair(): [number, number] {
  const pair = Buffer.alloc(8);
  call('socketpair', AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair);
  return [pair.readInt32LE(0), pair.readInt32LE(4)];
}

/** Sends a message. The receiver gets descriptors of its own. @throws SystemCallError, for example where the other end is closed */
export function sendMessage(fd: number, { numbers, descriptors }: DescriptorMessage): void {
  const memory = prepare(descriptors.length);
  numbers.forEach((number, place) => memory.setUint32(DATA_AT + 4 * place, number, true));
  if (descriptors.length > 0) {
    memory.setBigUint64(CONTROL_AT, BigInt(DESCRIPTORS_AT - CONTROL_AT + 4 * descriptors.length), true);
    memory.setInt32(CONTROL_AT + 8, SOL_SOCKET, true);
    memory.setInt32(CONTROL_AT + 12, SCM_RIGHTS, true);
    descriptors.forEach((descriptor, place) => memory.setInt32(DESCRIPTORS_AT + 4 * place, descriptor, true));
  }
  call('sendmsg', fd, memory, MSG_NOSIGNAL);
}

/** Waits for a message; null when the other end is closed. @throws SystemCallError, after the time limit EAGAIN */
export function receiveMessage(fd: number): DescriptorMessage | null {
  const memory = prepare(MOST_DESCRIPTORS);
  if (call('recvmsg', fd, memory, MSG_CMSG_CLOEXEC) < DATA_BYTES) {
    return null;
  }
  const bytes = Number(memory.getBigUint64(CONTROL_AT, true));
  const count = bytes === 0 ? 0 : (bytes - (DESCRIPTORS_AT - CONTROL_AT)) / 4;
  return {
    numbers: [memory.getUint32(DATA_AT, true), memory.getUint32(DATA_AT + 4, true)],
    descriptors: Array.from({ length: count }, (_, place) => memory.getInt32(DESCRIPTORS_AT + 4 * place, true)),
  };
}

/** Limits how long receiveMessage() waits (SO_RCVTIMEO in socket(7)). */
export function limitWait(fd: number, seconds: number): void {
  const limit = Buffer.alloc(16);
  limit.writeBigInt64LE(BigInt(seconds), 0);
  call('setsockopt', fd, SOL_SOCKET, SO_RCVTIMEO, limit, limit.length);
}

/** The memory of a message with room for so many descriptors. It is outside V8's heap, so that its address stays true. */
function prepare(descriptors: number): DataView {
  const memory = new DataView(new ArrayBuffer(WHOLE_BYTES));
  const address = koffi.address(memory.buffer);
  memory.setBigUint64(16, address + BigInt(VECTOR_AT), true);
  memory.setBigUint64(24, 1n, true);
  memory.setBigUint64(VECTOR_AT, address + BigInt(DATA_AT), true);
  memory.setBigUint64(VECTOR_AT + 8, BigInt(DATA_BYTES), true);
  if (descriptors > 0) {
    memory.setBigUint64(32, address + BigInt(CONTROL_AT), true);
    // CMSG_SPACE: room is counted in steps of eight bytes.
    memory.setBigUint64(40, BigInt(DESCRIPTORS_AT - CONTROL_AT + 8 * Math.ceil(descriptors / 2)), true);
  }
  return memory;
}
