import type { ProblemList } from './problem-list.js';
/** Reports what the schema has against a file. */
export declare function checkSchema(value: unknown, problems: ProblemList): void;
