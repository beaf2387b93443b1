import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { PORT_OPTIONS } from '../port-options.js';
import { choice } from '../values/choice.js';
import { sctpChunks } from '../values/sctp-chunks.js';

/** iptables-extensions(8), sctp. */
export const sctp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: ['sctp'],
  isImplied: true,
  least: 0,
  most: 3,
  options: [
    ...PORT_OPTIONS,
    { flag: '--chunk-types', values: [choice('a way to match chunks', ['any', 'all', 'only']), sctpChunks], negatable: true },
  ],
};
