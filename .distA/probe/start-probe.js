import { startHttpProbe } from './http.js';
import { startIcmpProbe } from './icmp.js';
import { startTcpProbe } from './tcp.js';
import { startUdpProbe } from './udp.js';
const PROBES = {
    tcp: startTcpProbe,
    udp: startUdpProbe,
    icmp: startIcmpProbe,
    http: startHttpProbe,
};
/** Starts a probe from the given client port (of icmp: with that identifier), which belongs to this probe alone. */
export function startProbe(plan, port) {
    return PROBES[plan.protocol](plan, port);
}
