import { IFNAMSIZ, requestOfInterface } from './interface-request.js';

// linux/sockios.h
const SIOCGIFINDEX = 0x8933;

/** The index of an interface in the calling thread's network namespace (netdevice(7)). */
export function getInterfaceIndex(name: string): number {
  return requestOfInterface(name, (send, ifreq) => {
    send(SIOCGIFINDEX);
    return ifreq.readInt32LE(IFNAMSIZ);
  });
}
