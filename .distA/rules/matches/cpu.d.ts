import type { Extension } from '../extension.js';
/** iptables-extensions(8), cpu. Which one handles a packet is chance. */
export declare const cpu: Extension;
