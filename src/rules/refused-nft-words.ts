import { TRACE_TABLE } from './trace-table.js';

const OF_A_DEVICE = 'loopfw sees what the hooks of ip, ip6 and inet do, not those of a device';

/** What nft knows and loopfw does not let in, each with the reason; as in refused-extensions, where iptables has the same. */
export const REFUSED_NFT_WORDS: Record<string, string> = {
  include: 'it reads files of the machine: put what they say into this file',
  monitor: 'it never comes to an end',
  nftrace: 'loopfw itself has every packet traced',
  [TRACE_TABLE]: "it is the name of loopfw's own table",
  queue: 'without a program that listens to its queue it drops every packet',
  ...because('packets that take its short cut meet no rules', 'flowtable', 'flow'),
  netdev: OF_A_DEVICE,
  dup: 'its copies are packets that no probe has sent: loopfw could not tell whose they are',
  synproxy: 'it answers in the place of the server, so that what the client sees says nothing about the rules',
  tproxy: 'it needs a server that listens transparently, and a world has none',
  osf: 'it needs fingerprints that a program of the machine loads',
  secmark: 'it reaches the security policy of the whole machine',
  cgroupv2: "it looks into the machine's own control groups",
};

/** What is refused in company only: chains may be called ingress. A level of a log may be written as a string. */
export const REFUSED_NFT_PHRASES: Record<string, string> = {
  ...because(OF_A_DEVICE, 'hook ingress', 'hook egress'),
  'level audit': 'it writes to the audit log of the whole machine',
  'flags owner': 'such a table is gone when nft ends',
};

function because(reason: string, ...words: string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word, reason]));
}
