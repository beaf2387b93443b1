import type { Extension, OptionRow } from './extension.js';

export function getFlags({ flag, aliases = [] }: OptionRow): string[] {
  return [flag, ...aliases];
}

export function findOptionOf(row: Extension, flag: string): OptionRow | null {
  return row.options.find((option) => option.flag === flag || option.aliases?.includes(flag)) ?? null;
}
