import { RuleError } from '../rule-error.js';
import { prefix } from './prefix.js';
/** A list longer than this is no rule that someone wrote, and two of them are multiplied. */
const MOST = 256;
/** All addresses of a family, which iptables-save leaves out. */
export const ANY_ADDRESS = { ipv4: '0.0.0.0/0', ipv6: '::/0' };
/** The addresses of -s or -d; null is any address (iptables(8), -s). */
export function addressList(text, negated, family) {
    const elements = text.split(',');
    if (elements.length > MOST) {
        throw new RuleError(`${elements.length} addresses: at most ${MOST} are supported`);
    }
    return elements.map((element) => {
        const value = prefix(element, family);
        if (value !== ANY_ADDRESS[family]) {
            return { negated, value };
        }
        if (negated) {
            throw new RuleError(`! ${element} would never match`);
        }
        return null;
    });
}
