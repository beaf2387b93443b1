// Options of sockets (socket(7), asm-generic/socket.h).
import { call, callUnless } from './libc.js';
import { makeInt } from './netlink/message.js';

export const SOL_SOCKET = 1;
export const SO_REUSEADDR = 2;
export const SO_ERROR = 4;
export const SO_RCVBUF = 8;
export const SO_SNDTIMEO = 21;
export const SO_ATTACH_FILTER = 26;
const SO_RCVBUFFORCE = 33;

/** Sets an option that is a number (setsockopt(2)). */
export function setOption(fd: number, level: number, name: number, value: number): void {
  const bytes = makeInt(value);
  call('setsockopt', fd, level, name, bytes, bytes.length);
}

/** Asks for a receive buffer of that many bytes; without privilege the kernel gives what rmem_max allows. */
export function enlargeReceiveBuffer(fd: number, bytes: number): void {
  const size = makeInt(bytes);
  if (callUnless(['EPERM'], 'setsockopt', fd, SOL_SOCKET, SO_RCVBUFFORCE, size, size.length) === null) {
    setOption(fd, SOL_SOCKET, SO_RCVBUF, bytes);
  }
}
