import { RuleError } from './rule-error.js';
const TOKEN = /"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^ \t"]+)|[ \t]+/uy;
/**
 * The words of a line of iptables-save, quoted as iptables-restore reads it: only "…", inside of which a backslash makes the next
 * character plain. Elsewhere a backslash and a single quote are characters like any other.
 */
export function splitRestoreWords(line) {
    const words = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < line.length) {
        const groups = TOKEN.exec(line)?.groups;
        if (groups === undefined) {
            throw new RuleError(`unclosed quote in "${line}"`);
        }
        if (groups.quoted !== undefined) {
            words.push(groups.quoted.replace(/\\(.)/gu, '$1'));
        }
        else if (groups.bare !== undefined) {
            words.push(groups.bare);
        }
    }
    return words;
}
