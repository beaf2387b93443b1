import type { Settings } from './settings.js';
/** Gives the calling thread's network namespace settings of loopfw's own; a kernel without IPv6 has none for it. */
export declare function applySettings(settings: Settings): void;
