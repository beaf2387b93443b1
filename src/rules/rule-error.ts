/** The reason why a rule is refused. `key` is the wrong property of a rule object; null if no property is known. */
export class RuleError extends Error {
  key: string | null;

  constructor(message: string, key: string | null = null) {
    super(message);
    this.name = 'RuleError';
    this.key = key;
  }
}
