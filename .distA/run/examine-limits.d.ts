import type { Finding } from '../model/examination.js';
import type { Host } from '../sandbox/examine-host.js';
/** Holds the limits that bind this caller against what loopfw can use. A low one is never in the way of a small suite. */
export declare function examineLimits(host: Host): Finding[];
