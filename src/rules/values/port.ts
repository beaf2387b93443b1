import { integer } from './integer.js';
import { range } from './range.js';

/** A port by its number; service names depend on the machine's /etc/services. */
export const port = integer('a port', 0, 65535);

export const portRange = range('a port', 0, 65535);
