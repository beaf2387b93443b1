import type { Draft, DraftExtension } from './draft.js';
import type { OptionRow } from './extension.js';
import { findOptionOf } from './option-of.js';
import type { GeneralOption } from './general-option.js';
import { GENERAL_OPTIONS } from './general-options.js';

const BY_FLAG = new Map(GENERAL_OPTIONS.flatMap((option) => [option.short, ...option.long].map((flag) => [flag, option] as const)));

export function findGeneralOption(flag: string): GeneralOption | null {
  return BY_FLAG.get(flag) ?? null;
}

/**
 * Finds an option in the target and the matches that the rule has so far. The target gets it first, otherwise the last match that has it,
 * as in iptables.
 */
export function findGivenOption(draft: Draft, flag: string): { extension: DraftExtension; option: OptionRow } | null {
  const found = findIn(draft.target?.extension ?? null, flag);
  for (let place = draft.matches.length - 1; found === null && place >= 0; place--) {
    const own = findIn(draft.matches[place] ?? null, flag);
    if (own !== null) {
      return own;
    }
  }
  return found;
}

function findIn(extension: DraftExtension | null, flag: string): { extension: DraftExtension; option: OptionRow } | null {
  const option = extension === null ? null : findOptionOf(extension.row, flag);
  return extension === null || option === null ? null : { extension, option };
}
