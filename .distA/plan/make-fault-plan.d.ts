import type { Fault } from '../model/fault.js';
import type { IptablesFirewall } from '../model/plan.js';
/** The rule sets that put a program under faults. Nothing is traced: nobody asks what becomes of the program's packets. */
export declare function makeFaultFirewalls(faults: Fault[]): IptablesFirewall[];
