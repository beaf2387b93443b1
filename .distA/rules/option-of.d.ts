import type { Extension, OptionRow } from './extension.js';
export declare function getFlags({ flag, aliases }: OptionRow): string[];
export declare function findOptionOf(row: Extension, flag: string): OptionRow | null;
