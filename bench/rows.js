import { check } from './rows/check.js';
import { commands } from './rows/commands.js';
import { growth } from './rows/growth.js';
import { matrix } from './rows/matrix.js';
import { one } from './rows/one.js';
import { packets } from './rows/packets.js';
import { ports } from './rows/ports.js';
import { ruleSets } from './rows/rule-sets.js';
import { rules } from './rows/rules.js';
import { scenarios } from './rows/scenarios.js';
import { suites } from './rows/suites.js';

/**
 * Everything that is measured, in the order of the document. A row has cases. A case is one piece of work, and its entries do it in turn,
 * loopfw first. The run() of an entry checks the answer and throws if it is wrong. An entry or a case may need something that is not on every
 * machine. A case with an entry FLOOR has also the number of commands that loopfw runs for it: the table of parts needs it.
 */
export const rows = [one, scenarios, ports, matrix, rules, ruleSets, suites, check, growth, commands, packets];
