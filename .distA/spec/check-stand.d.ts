import type { Network } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** Checks where a client or server stands: its address, and the interface that it is `via`. */
export declare function checkStand(place: Place, address: string, role: 'server' | 'client', network: Network, problems: ProblemList): void;
