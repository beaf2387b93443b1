import type { IptablesFirewall } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import type { Family } from '../model/rule.js';
import type { ScenarioRule } from '../model/scenario.js';
import type { OwnRule } from '../rules/own-rules.js';
/** Plans the rule sets of one scenario, in the order in which they take each other's place. */
export declare class FirewallPlanner {
    #private;
    /** @param own loopfw's own rules, which every rule set gets */
    constructor(backend: Backend, families: Family[], own: OwnRule[]);
    /** @throws UsageError where the back end, which the command line may have chosen, cannot hold a rule */
    plan(rules: ScenarioRule[]): IptablesFirewall[];
    /** A native rule set takes the place of all that was there. */
    forget(): void;
}
