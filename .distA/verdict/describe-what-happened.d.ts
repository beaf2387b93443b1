import type { Case } from '../model/case.js';
/** The cause and its rule in brackets, to stand behind an outcome. */
export declare function describeWhatHappened({ cause, rule, observed }: Pick<Case, 'cause' | 'rule' | 'observed'>): string;
