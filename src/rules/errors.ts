/** The reason why a rule is refused. `key` is the wrong property of a rule object; null if no property is known. */
export class RuleError extends Error {
  key: string | null;

  constructor(message: string, key: string | null = null) {
    super(message);
    this.name = 'RuleError';
    this.key = key;
  }
}

/** Something in a rule belongs to the other family. If the rule does not name its family, it may be a rule of that other family. */
export class OtherFamilyError extends RuleError {}

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
