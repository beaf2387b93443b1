import { RuleError } from './rule-error.js';
/** Does something, and gives a RuleError that comes of it the key that is at fault. */
export function withKey(key, action) {
    try {
        return action();
    }
    catch (error) {
        if (error instanceof RuleError) {
            error.key ??= key;
        }
        throw error;
    }
}
