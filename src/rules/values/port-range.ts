import { range } from './range.js';

/** A port or a range of ports, by number. Names of services are refused, because they depend on the machine's /etc/services. */
export const portRange = range('a port', 0, 65535);
