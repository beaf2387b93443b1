import type { Argument } from './argument.js';
/** Goes through arguments from left to right, as getopt(3) does. */
export declare class ArgumentReader {
    #private;
    constructor(args: Argument[]);
    /** The next argument, without taking it. */
    peek(): Argument | null;
    /** Takes the next argument. */
    next(): Argument | null;
    /** Takes the value of an option; whatever stands there is the value, even where it looks like an option. */
    value(option: string): string;
    /** Takes the next argument if it is neither an option nor a "!". */
    optionalValue(): string | null;
}
