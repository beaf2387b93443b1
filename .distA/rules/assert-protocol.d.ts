import type { Draft, DraftExtension } from './draft.js';
/** @throws RuleError where a match needs a protocol that -p has not named */
export declare function assertProtocol({ protocol }: Draft, { name, row, key }: DraftExtension, when?: string): void;
