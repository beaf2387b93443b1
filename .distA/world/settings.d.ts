import type { WorldSpec } from '../model/scenario.js';
/** Kernel settings by their sysctl(8) names. */
export type Settings = Record<string, string>;
/** What a world has before its interfaces are made. One with lo alone needs none: there is no rate limit on lo, and /proc/sys may be read-only. */
export declare function getWorldSettings({ interfaces, loopback }: WorldSpec): Settings;
/** What an outside has before its end of the veth is made. */
export declare const OUTSIDE_SETTINGS: Settings;
/** What an end of a veth has before it is brought up. */
export declare function getLinkSettings(name: string, addresses: string[]): Settings;
