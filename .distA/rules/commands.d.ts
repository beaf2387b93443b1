import type { GeneralOption } from './general-option.js';
/** iptables(8), COMMANDS. */
export declare const COMMANDS: GeneralOption[];
