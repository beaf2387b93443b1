import type { ProblemList } from './problem-list.js';
/** A place in the file, and what stands there: undefined where there is nothing. */
export interface Place {
    pointer: string;
    value: unknown;
    /** Where its name is what may be wrong. */
    at?: 'key';
}
/** A member of an object; nothing where the parent is no object, which the schema has reported already. */
export declare function getMember({ pointer, value }: Place, key: string): Place;
export declare function getMembers({ pointer, value }: Place): [string, Place][];
export declare function getItems({ pointer, value }: Place): Place[];
/** The value, of the type that the schema promises; undefined where it is absent or anything in it was found wrong. */
export declare function getSound<T>({ pointer, value }: Place, problems: ProblemList): T | undefined;
export declare function isObject(value: unknown): value is Record<string, unknown>;
