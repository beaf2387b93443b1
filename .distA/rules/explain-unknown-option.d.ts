import type { Draft } from './draft.js';
/** getopt(3) takes any unambiguous beginning of an option, even --mod for --modprobe. Here options are written in full. */
export declare function assertNotAbbreviated(draft: Draft, flag: string): void;
/** @throws RuleError always, with the most helpful reason */
export declare function explainUnknownOption(draft: Draft, flag: string): never;
