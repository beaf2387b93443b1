import { OtherFamilyError } from './other-family-error.js';
const NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' };
/** @throws RuleError where a match or target is for the other family only */
export function assertFamily(what, { families }, family) {
    const [only] = families ?? [];
    if (only !== undefined && only !== family) {
        throw new OtherFamilyError(explainFamily(what, only));
    }
}
/** What to say of something that is for one family, in a rule of the other one. */
export function explainFamily(what, only) {
    const hint = only === 'ipv6' ? 'begin with ip6tables, or say "family": "ipv6"' : 'the rule is IPv6';
    return `${what} is for ${NAMES[only]} only: ${hint}`;
}
