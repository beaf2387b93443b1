import { portList } from '../values/port-list.js';
/** iptables-extensions(8), multiport. */
export const multiport = {
    protocols: ['tcp', 'udp', 'udplite', 'sctp', '33'],
    wantsProtocolFirst: true,
    least: 1,
    most: 1,
    options: [
        { flag: '--sports', aliases: ['--source-ports'], values: [portList], negatable: true },
        { flag: '--dports', aliases: ['--destination-ports'], values: [portList], negatable: true },
        { flag: '--ports', values: [portList], negatable: true },
    ],
};
