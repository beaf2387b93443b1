import { didYouMean } from '../rules/suggest-word.js';
import { quote } from './describe-value.js';
import { getAddressProblem } from './get-address-problem.js';
import { parsePorts } from './parse-ports.js';
import { LO_ALONE } from './network.js';
const SCHEMES = {
    tcp: { hasPort: true },
    udp: { hasPort: true },
    http: { hasPort: true },
    icmp: { hasPort: false },
};
const FORMS = 'tcp://ADDRESS:PORT (or udp://, http://), or icmp://ADDRESS';
const EXTRAS = { '/': 'a path', '?': 'a query', '#': 'a fragment', '@': 'a user' };
/**
 * Reads `tcp://ADDRESS:PORT` and its like, and nothing that only looks like it; else says why not.
 *
 * @param network what the world has, where a server is to stand
 */
export function parseUrl(text, role, network = LO_ALONE) {
    const [, scheme = '', rest = ''] = /^([^:/]*):\/\/(.*)$/s.exec(text) ?? [];
    if (!isProtocol(scheme)) {
        const hint = scheme === '' ? '' : didYouMean(scheme, Object.keys(SCHEMES));
        return { problem: `expected ${FORMS}, found ${quote(text)}${hint}` };
    }
    if (scheme === 'icmp' && role === 'server') {
        return { problem: 'no server is needed for icmp: the kernel itself answers' };
    }
    const { hasPort } = SCHEMES[scheme];
    const form = `${scheme}://ADDRESS${hasPort ? ':PORT' : ''}`;
    const extra = /[/?#@]/.exec(rest);
    if (extra !== null) {
        return { problem: `expected ${form} without ${EXTRAS[extra[0]]}, found ${quote(text)}` };
    }
    const [, bracketed, plain = '', colon, port = ''] = /^(?:\[([^\]]*)\]|(.*?))(:([^:\]]*))?$/s.exec(rest) ?? [];
    if (bracketed === undefined && plain.includes(':')) {
        return { problem: `an IPv6 address stands in brackets: expected ${form.replace('ADDRESS', '[ADDRESS]')}, found ${quote(text)}` };
    }
    if (bracketed !== undefined && !bracketed.includes(':')) {
        return { problem: `only an IPv6 address stands in brackets: expected ${form}, found ${quote(text)}` };
    }
    const address = bracketed ?? plain;
    const problem = getAddressProblem(address, role, network);
    if (problem !== null) {
        return { problem };
    }
    if (!hasPort) {
        return colon === undefined
            ? { protocol: scheme, address, port: 0, lastPort: 0 }
            : { problem: `icmp has no port: expected ${form}, found ${quote(text)}` };
    }
    if (colon === undefined) {
        return { problem: `missing port: expected ${form}, found ${quote(text)}` };
    }
    const ports = parsePorts(port);
    return 'problem' in ports ? ports : { protocol: scheme, address, port: ports.first, lastPort: ports.last };
}
function isProtocol(scheme) {
    return Object.hasOwn(SCHEMES, scheme);
}
