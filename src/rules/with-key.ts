import { RuleError } from './rule-error.js';

/** Runs the action. Adds the key to a RuleError that the action throws, unless the error has a key. */
export function withKey<Result>(key: string | null, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof RuleError) {
      error.key ??= key;
    }
    throw error;
  }
}
