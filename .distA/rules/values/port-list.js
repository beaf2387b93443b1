import { RuleError } from '../rule-error.js';
import { portRange } from './port-range.js';
const SLOTS = 15;
/**
 * Ports and ranges, separated by commas, in their own order: up to 15 ports, a range counts as two (iptables-extensions(8), multiport).
 * iptables refuses 80:80 here, which is written as 80, and open ranges.
 */
export function portList(text) {
    const elements = text.split(',').map((element) => {
        if (/^:|:$/.test(element)) {
            throw new RuleError(`"${element}": a range in a list of ports needs both ends`);
        }
        return portRange(element);
    });
    const slots = elements.join(':').split(':').length;
    if (slots > SLOTS) {
        throw new RuleError(`${slots} ports: a list has at most ${SLOTS}, and a range counts as two`);
    }
    return elements.join(',');
}
