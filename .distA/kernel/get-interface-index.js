import { IFNAMSIZ, requestOfInterface } from './interface-request.js';
// linux/sockios.h
const SIOCGIFINDEX = 0x8933;
/** The kernel's number for an interface of the calling thread's namespace (netdevice(7)). */
export function getInterfaceIndex(name) {
    return requestOfInterface(name, (send, ifreq) => {
        send(SIOCGIFINDEX);
        return ifreq.readInt32LE(IFNAMSIZ);
    });
}
