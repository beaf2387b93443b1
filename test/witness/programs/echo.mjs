// An ICMP echo request by the kernel's "ping socket" (icmp(7), net.ipv4.ping_group_range), for ping(8) is not everywhere.
// The kernel fills in the checksum. The bound port is the identifier.
import { isIPv6 } from 'node:net';
import koffi from 'koffi';

const libc = koffi.load('libc.so.6');
const socket = libc.func('int socket(int, int, int)');
const bind = libc.func('int bind(int, const void *, uint32_t)');
const connect = libc.func('int connect(int, const void *, uint32_t)');
const setsockopt = libc.func('int setsockopt(int, int, int, const void *, uint32_t)');
const send = libc.func('long send(int, const void *, size_t, int)');
const recv = libc.func('long recv(int, _Out_ void *, size_t, int)');
const close = libc.func('int close(int)');
const inetPton = libc.func('int inet_pton(int, const char *, _Out_ void *)');

const SOCK_DGRAM = 2;
const MSG_DONTWAIT = 0x40;
/** By family: AF_…, IPPROTO_…, the type of an echo request, and the option …_RECVERR, by which errors of the network reach the client. */
const FAMILIES = {
  4: { family: 2, protocol: 1, request: 8, level: 0, option: 11 },
  6: { family: 10, protocol: 58, request: 128, level: 41, option: 25 },
};
const LOOK_EVERY_MS = 5;

/** Sends an echo request and calls say() with connected, or the name of the error. Returns how to close it. */
export function echo({ from, identifier, to }, say) {
  const { family, protocol, request, level, option } = FAMILIES[isIPv6(to) ? 6 : 4];
  const descriptor = socket(family, SOCK_DGRAM, protocol);
  const isRefused = (result) => result < 0 && (say(getErrno()), true);
  setsockopt(descriptor, level, option, new Uint8Array([1, 0, 0, 0]), 4);
  const source = makeAddress(family, from, identifier);
  const target = makeAddress(family, to, 0);
  const message = new Uint8Array([request, 0, 0, 0, 0, 0, 0, 1, ...Buffer.from('hello')]);
  if (
    isRefused(bind(descriptor, source, source.length)) ||
    isRefused(connect(descriptor, target, target.length)) ||
    isRefused(send(descriptor, message, message.length, 0))
  ) {
    return () => close(descriptor);
  }
  const looks = setInterval(() => {
    if (recv(descriptor, new Uint8Array(64), 64, MSG_DONTWAIT) >= 0) {
      say('connected');
    } else if (getErrno() !== 'EAGAIN') {
      say(getErrno());
    }
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(looks);
    close(descriptor);
  };
}

/** A sockaddr_in or sockaddr_in6. */
function makeAddress(family, address, port) {
  const bytes = Buffer.alloc(family === 2 ? 16 : 28);
  bytes.writeUInt16LE(family, 0);
  bytes.writeUInt16BE(port, 2);
  const binary = new Uint8Array(family === 2 ? 4 : 16);
  inetPton(family, address, binary);
  bytes.set(binary, family === 2 ? 4 : 8);
  return bytes;
}

function getErrno() {
  const errno = koffi.errno();
  return Object.entries(koffi.os.errno).find(([, number]) => number === errno)?.[0] ?? String(errno);
}
