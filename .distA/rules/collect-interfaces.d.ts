import type { ScenarioRule } from '../model/scenario.js';
/** The interfaces that rules name by -i or -o, "+" included, each with the first rule that does. */
export declare function collectInterfaces(rules: ScenarioRule[]): Map<string, ScenarioRule>;
/** Whether -i or -o of this name can mean one of the interfaces. */
export declare function isNamed(name: string, interfaces: string[]): boolean;
