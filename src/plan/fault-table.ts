import type { Fault, FaultKind } from '../model/program.js';

interface FaultRow {
  /** What happens to the connections, for the help of `exec`. */
  help: string;
  makeRule: (fault: Fault) => string;
}

/** All kinds of faults. The table is a file of its own, so that the help of `exec` does not load the rule language (5 ms at each start). */
export const FAULTS: Record<FaultKind, FaultRow> = {
  // A RST refuses every client at once. After an ICMP error instead, a blocking client, or a client on IPv6, would wait for a second.
  refused: {
    help: 'TCP connections there are refused at once',
    makeRule: ({ address, port }) => `-A INPUT -d ${address} -p tcp --dport ${port} -j REJECT --reject-with tcp-reset`,
  },
};
