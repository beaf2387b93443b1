import type { ExpectationInput, ExpectedWord } from '../model/scenario-file.js';
import type { Expectation } from '../model/result.js';
/** What a word of `expect` stands for; an object says it already. */
export declare function normalizeExpectation(expect: ExpectedWord | ExpectationInput): Expectation;
/** The words of `expect` that ask for an outcome, and those that ask for a cause. */
export declare function getWords(key: 'outcome' | 'cause'): string[];
