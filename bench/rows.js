import { growth } from './rows/growth.js';
import { matrix } from './rows/matrix.js';
import { one } from './rows/one.js';
import { ports } from './rows/ports.js';
import { rules } from './rows/rules.js';
import { scenarios } from './rows/scenarios.js';

/**
 * What is measured, in the order of the document. A row has cases; a case is one piece of work, done by each of its entries in turn,
 * loopfw first. An entry's run() checks the answer and throws where it is wrong.
 */
export const rows = [one, scenarios, ports, matrix, rules, growth];
