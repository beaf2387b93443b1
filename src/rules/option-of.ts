import type { Extension, OptionRow } from './extension.js';

export function getFlags({ flag, aliases = [] }: OptionRow): string[] {
  return [flag, ...aliases];
}

export function findOptionOf(row: Extension, flag: string): OptionRow | null {
  for (const option of row.options) {
    if (option.flag === flag || option.aliases?.includes(flag) === true) {
      return option;
    }
  }
  return null;
}
