import { RuleError } from '../rule-error.js';
/** A decimal number from least to most. No hexadecimal and no leading zero: iptables reads 010 as 8. */
export function integer(what, least, most) {
    return (text) => {
        if (/^(0|[1-9]\d{0,15})$/.test(text) && Number(text) >= least && Number(text) <= most) {
            return text;
        }
        throw new RuleError(`"${text}" is not ${what}: a decimal number from ${least} to ${most}`);
    };
}
