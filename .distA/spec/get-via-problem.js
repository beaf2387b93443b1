import { didYouMean } from '../rules/suggest-word.js';
import { quote } from './describe-value.js';
/** Why nobody with this address can stand outside of an interface; null where somebody can. */
export function getViaProblem(via, address, { interfaces, isSound }) {
    if (via === 'lo') {
        return 'nobody stands outside of lo';
    }
    const found = interfaces.find(({ name }) => name === via);
    if (found === undefined) {
        const known = interfaces.map(({ name }) => name);
        return isSound ? `no interface ${quote(via)}${didYouMean(via, known)}: "interfaces" must describe it` : null;
    }
    const isIPv6 = address.includes(':');
    const canAnswer = found.addresses.some((own) => own.includes(':') === isIPv6);
    return canAnswer || !isSound ? null : `${via} has no ${isIPv6 ? 'IPv6' : 'IPv4'} address, by which ${address} could reach the world`;
}
