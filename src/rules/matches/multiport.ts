import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { PORT_PROTOCOLS } from '../values/protocol.js';
import { portList } from '../values/port-list.js';

/** iptables-extensions(8), multiport. */
export const multiport: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: PORT_PROTOCOLS,
  wantsProtocolFirst: true,
  least: 1,
  most: 1,
  options: [
    { flag: '--sports', aliases: ['--source-ports'], values: [portList], negatable: true, comparedField: 'sourcePort' },
    { flag: '--dports', aliases: ['--destination-ports'], values: [portList], negatable: true, comparedField: 'destinationPort' },
    { flag: '--ports', values: [portList], negatable: true, comparedField: 'port' },
  ],
};
