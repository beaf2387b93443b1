import { type ValueNode } from '@humanwhocodes/momoa';
import type { Position } from '../model/diagnostic.js';
/** The tree has the positions, the value is what ajv reads. */
export interface ParsedJson {
    root: ValueNode;
    value: unknown;
}
export interface SyntaxProblem {
    position: Position;
    message: string;
}
/** Reads JSON with comments and trailing commas; stops at the first error of syntax. */
export declare function parseJson(text: string): ParsedJson | SyntaxProblem;
