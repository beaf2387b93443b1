import type { Argument } from './argument.js';
import type { ArgumentReader } from './argument-reader.js';
import type { Draft } from './draft.js';
/** Reads one option with its values into the draft. */
export declare function readOption(draft: Draft, reader: ArgumentReader, first: Argument): void;
