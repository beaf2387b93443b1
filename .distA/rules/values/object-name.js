import { RuleError } from '../rule-error.js';
/** The name of something that the kernel shows as a file of /proc: the characters that are safe there. Shorewall has %CURRENTTIME. */
export function objectName(what, longest) {
    return (text) => {
        if (/^[\w%][\w%.-]*$/.test(text) && text.length <= longest) {
            return text;
        }
        throw new RuleError(`"${text}" is not a name for ${what}: letters, digits, _ % . and -, at most ${longest}`);
    };
}
