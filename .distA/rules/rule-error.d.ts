/** Why a rule cannot be taken. `key` names the property of a rule object that is at fault, where it was one. */
export declare class RuleError extends Error {
    key: string | null;
    constructor(message: string, key?: string | null);
}
