import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { PORT_OPTIONS } from '../port-options.js';
import { integer } from '../values/integer.js';
import { nameList } from '../values/name-list.js';

const TYPES = ['REQUEST', 'RESPONSE', 'DATA', 'ACK', 'DATAACK', 'CLOSEREQ', 'CLOSE', 'RESET', 'SYNC', 'SYNCACK', 'INVALID'];

/** iptables-extensions(8), dccp. */
export const dccp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: ['33'],
  isImplied: true,
  least: 0,
  most: 4,
  options: [
    ...PORT_OPTIONS,
    { flag: '--dccp-types', values: [nameList('a type of DCCP', TYPES)], negatable: true },
    { flag: '--dccp-option', values: [integer('a DCCP option', 1, 255)], negatable: true },
  ],
};
