import { setMarkOptions } from '../values/set-mark.js';
/** iptables-extensions(8), MARK. */
export const mark = { least: 1, most: 1, options: setMarkOptions };
