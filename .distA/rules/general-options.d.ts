import type { GeneralOption } from './general-option.js';
/** Every option that is neither a match's nor a target's (iptables(8), PARAMETERS and OTHER OPTIONS). */
export declare const GENERAL_OPTIONS: GeneralOption[];
