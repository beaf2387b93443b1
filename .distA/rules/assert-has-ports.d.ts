import type { RuleOption } from '../model/rule.js';
import type { Surroundings } from './extension.js';
/** @throws RuleError where a target is given ports and the rule no protocol that has some */
export declare function assertHasPorts({ flag, values }: RuleOption, { protocol }: Surroundings): void;
