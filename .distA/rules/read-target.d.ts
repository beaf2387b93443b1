import type { Draft } from './draft.js';
/** Reads the name of -j or -g: a target, or else a user chain. */
export declare function readTarget(draft: Draft, how: 'jump' | 'goto', name: string): void;
