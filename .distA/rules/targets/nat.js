import { assertHasPorts } from '../assert-has-ports.js';
import { natPorts, natRange } from '../values/nat-range.js';
const flag = (name) => ({ flag: name, values: [], negatable: false });
/** Ports follow a colon; those of an IPv6 address come before a bracket, or there is none. */
function assertRange([range], surroundings) {
    const [text = ''] = range?.values ?? [];
    if (range !== undefined && (surroundings.family === 'ipv4' ? text.includes(':') : /\]:|^:\d+(-\d+)?$/.test(text))) {
        assertHasPorts(range, surroundings);
    }
}
function assertPorts(options, surroundings) {
    const ports = options.find((option) => option.flag === '--to-ports');
    if (ports !== undefined) {
        assertHasPorts(ports, surroundings);
    }
}
const toPorts = { flag: '--to-ports', values: [natPorts], negatable: false };
/** iptables-extensions(8), SNAT. */
export const snat = {
    least: 1,
    most: 4,
    place: { tables: ['nat'], chains: ['INPUT', 'POSTROUTING'] },
    options: [{ flag: '--to-source', values: [natRange], negatable: false }, flag('--random'), flag('--random-fully'), flag('--persistent')],
    assertFits: assertRange,
};
/** iptables-extensions(8), DNAT. */
export const dnat = {
    least: 1,
    most: 3,
    place: { tables: ['nat'], chains: ['PREROUTING', 'OUTPUT'] },
    options: [{ flag: '--to-destination', values: [natRange], negatable: false }, flag('--random'), flag('--persistent')],
    assertFits: assertRange,
};
/** iptables-extensions(8), MASQUERADE. */
export const masquerade = {
    least: 0,
    most: 3,
    place: { tables: ['nat'], chains: ['POSTROUTING'] },
    options: [toPorts, flag('--random'), flag('--random-fully')],
    assertFits: assertPorts,
};
/** iptables-extensions(8), REDIRECT. */
export const redirect = {
    least: 0,
    most: 2,
    place: { tables: ['nat'], chains: ['PREROUTING', 'OUTPUT'] },
    options: [toPorts, flag('--random')],
    assertFits: assertPorts,
};
