import type { Readable } from 'node:stream';
/**
 * Calls `onLine` with every complete line of a stream. Not node:readline, which also ends a line at U+2028 and U+2029, and
 * JSON.stringify leaves those as they are.
 */
export declare function readLines(stream: Readable, onLine: (line: string) => void): void;
