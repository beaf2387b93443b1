import { RuleError } from '../rule-error.js';
/** Text that is put before a message; an empty one is none. */
export function prefixText(longest) {
    return (text) => {
        if (Buffer.byteLength(text) > longest) {
            throw new RuleError(`the prefix has ${Buffer.byteLength(text)} bytes: at most ${longest} fit`);
        }
        return text;
    };
}
