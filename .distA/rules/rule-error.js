/** Why a rule cannot be taken. `key` names the property of a rule object that is at fault, where it was one. */
export class RuleError extends Error {
    key;
    constructor(message, key = null) {
        super(message);
        this.name = 'RuleError';
        this.key = key;
    }
}
