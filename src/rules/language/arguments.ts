import { RuleError } from '../errors.js';

/** Goes through arguments from left to right, as getopt(3) does. */
export class ArgumentReader {
  readonly #arguments: Argument[];
  #position = 0;

  constructor(args: Argument[]) {
    this.#arguments = args;
  }

  /** The next argument, without taking it. */
  peek(): Argument | null {
    return this.#arguments[this.#position] ?? null;
  }

  /** Takes the next argument. */
  next(): Argument | null {
    const argument = this.peek();
    this.#position += 1;
    return argument;
  }

  /**
   * Takes the next argument as the value of an option, even if it looks like an option.
   *
   * @throws RuleError if there is no argument left
   */
  value(option: string): string {
    const argument = this.next();
    if (argument === null) {
      throw new RuleError(`${option} needs a value`);
    }
    return argument.text;
  }

  /** Takes the next argument if it is neither an option nor a "!". */
  optionalValue(): string | null {
    const argument = this.peek();
    if (argument === null || /^[-!]/.test(argument.text)) {
      return null;
    }
    return this.next()?.text ?? null;
  }
}

/** One word of a command line. `key` is the property of the rule object that the word comes from; null for a rule string. */
export interface Argument {
  text: string;
  key: string | null;
}
