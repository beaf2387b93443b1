import { TRACE_TABLE } from './trace-table.js';

const OF_A_DEVICE = 'loopfw sees what the hooks of ip, ip6 and inet do, not those of a device';

/** Words of nft that loopfw refuses, each with the reason. If iptables has the same thing, refused-extensions.ts gives the same reason. */
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

/**
 * Pairs of words that loopfw refuses. One of the words alone is allowed: a chain may be called ingress. The second word may be a string, as
 * the level of a log.
 */
export const REFUSED_NFT_PHRASES: Record<string, string> = {
  ...because(OF_A_DEVICE, 'hook ingress', 'hook egress'),
  'level audit': 'it writes to the audit log of the whole machine',
  'flags owner': 'such a table is gone when nft ends',
};

function because(reason: string, ...words: string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word, reason]));
}
