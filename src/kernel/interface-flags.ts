import { IFNAMSIZ, requestOfInterface } from './interface-request.js';

// linux/sockios.h, linux/if.h
const SIOCGIFFLAGS = 0x8913;
const SIOCSIFFLAGS = 0x8914;
const IFF_UP = 0x1;

/** Brings up an interface of the calling thread's network namespace (netdevice(7)). In a new namespace lo is down. */
export function bringUp(interfaceName: string): void {
  changeFlags(interfaceName, (flags) => flags | IFF_UP);
}

/** Takes an interface down. Its IPv4 addresses stay; all routes through it are removed. */
export function takeDown(interfaceName: string): void {
  changeFlags(interfaceName, (flags) => flags & ~IFF_UP);
}

function changeFlags(interfaceName: string, change: (flags: number) => number): void {
  requestOfInterface(interfaceName, (send, ifreq) => {
    send(SIOCGIFFLAGS);
    ifreq.writeUInt16LE(change(ifreq.readUInt16LE(IFNAMSIZ)), IFNAMSIZ);
    send(SIOCSIFFLAGS);
  });
}
