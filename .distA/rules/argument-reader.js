import { RuleError } from './rule-error.js';
/** Goes through arguments from left to right, as getopt(3) does. */
export class ArgumentReader {
    #arguments;
    #position = 0;
    constructor(args) {
        this.#arguments = args;
    }
    /** The next argument, without taking it. */
    peek() {
        return this.#arguments[this.#position] ?? null;
    }
    /** Takes the next argument. */
    next() {
        const argument = this.peek();
        this.#position += 1;
        return argument;
    }
    /** Takes the value of an option; whatever stands there is the value, even where it looks like an option. */
    value(option) {
        const argument = this.next();
        if (argument === null) {
            throw new RuleError(`${option} needs a value`);
        }
        return argument.text;
    }
    /** Takes the next argument if it is neither an option nor a "!". */
    optionalValue() {
        const argument = this.peek();
        if (argument === null || /^[-!]/.test(argument.text)) {
            return null;
        }
        return this.next()?.text ?? null;
    }
}
