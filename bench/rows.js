import { growth } from './rows/growth.js';
import { matrix } from './rows/matrix.js';
import { one } from './rows/one.js';
import { ports } from './rows/ports.js';
import { rules } from './rows/rules.js';
import { scenarios } from './rows/scenarios.js';

/**
 * Everything that is measured, in the order of the document. A row has cases. A case is one piece of work, and its entries do it in turn,
 * loopfw first. The run() of an entry checks the answer and throws if it is wrong.
 */
export const rows = [one, scenarios, ports, matrix, rules, growth];
