import type { ValueNode } from '@humanwhocodes/momoa';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Position } from '../model/diagnostic.js';
/** What was found wrong in one file, and so which of its values later checks can rely on. */
export declare class ProblemList {
    #private;
    constructor(file: string, root: ValueNode);
    /** Whether further problems would only be counted out: a check may then stop. */
    get isFull(): boolean;
    get isEmpty(): boolean;
    /** A problem of a value; or of its key, which leaves the value as good as it is. */
    add(pointer: string, message: string, at?: 'value' | 'key'): void;
    /** A problem of a value whose pointer does not say which of two it is. */
    addAt(position: Position, pointer: string, message: string): void;
    /** A problem of a rule set file; several scenarios may have the same file. */
    addIn(file: string, { line, column }: Position, message: string): void;
    locate(pointer: string, at?: 'value' | 'key'): Position;
    /** Whether this very value is at fault. */
    isWrong(pointer: string): boolean;
    /** Whether this value or anything in it is at fault. */
    isTouched(pointer: string): boolean;
    /** The diagnostics by line and column, the file's own before those of rule set files; at most a thousand. */
    toSorted(): Diagnostic[];
}
