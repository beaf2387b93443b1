import { RuleError } from '../rule-error.js';
import { didYouMean } from '../suggest-word.js';
/** One of some words, in any case. */
export function choice(what, words) {
    return (text) => {
        const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
        if (found === undefined) {
            throw new RuleError(`"${text}" is not ${what}${didYouMean(text, words)}: ${words.join(', ')}`);
        }
        return found;
    };
}
