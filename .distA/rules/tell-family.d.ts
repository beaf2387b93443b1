import type { Family } from '../model/rule.js';
/** The family of an iptables-save file, which its text does not always say: by who wrote it, what is in it, or its name. */
export declare function tellFamily(text: string, path: string): Family;
