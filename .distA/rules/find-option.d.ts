import type { Draft, DraftExtension } from './draft.js';
import type { OptionRow } from './extension.js';
import type { GeneralOption } from './general-option.js';
export declare function findGeneralOption(flag: string): GeneralOption | null;
/** The option of a match or target that has been given already; the last one of two that have it, as with iptables. */
export declare function findGivenOption(draft: Draft, flag: string): {
    extension: DraftExtension;
    option: OptionRow;
} | null;
