import type { Family } from '../model/rule.js';
import type { ArgumentReader } from './argument-reader.js';
import type { DraftExtension } from './draft.js';
import type { OptionRow } from './extension.js';
/** Reads the values of one option of a match or target, in canonical form. `attached` is the first one, where it came as --flag=value. */
export declare function readExtensionOption(extension: DraftExtension, option: OptionRow, negated: boolean, attached: string | null, reader: ArgumentReader, family: Family): void;
