import type { PlainParser } from '../extension.js';
/** The name of something that the kernel shows as a file of /proc: the characters that are safe there. Shorewall has %CURRENTTIME. */
export declare function objectName(what: string, longest: number): PlainParser;
