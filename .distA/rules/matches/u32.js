import { u32Tests } from '../values/u32-tests.js';
/** iptables-extensions(8), u32. */
export const u32 = { least: 1, most: 1, options: [{ flag: '--u32', values: [u32Tests], negatable: true }] };
