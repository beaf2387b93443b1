import { isIP, isIPv4 } from 'node:net';
import { isProtocolName } from '../../values/protocol.js';
import type { NftItem } from '../tokens.js';
import type { NftKind } from './value-kinds.js';

const REASONS: Record<Exclude<NftKind, 'own'>, string> = {
  address: 'host names are not looked up, write the address',
  service: "it is none of the services that everybody knows, and would be looked up in the machine's list: write the number",
  protocol: "it is none of the protocols that everybody knows, and would be looked up in the machine's list: write the number",
  user: 'users of the machine are not looked up, write the number',
  group: 'groups of the machine are not looked up, write the number',
  mark: 'names of marks are not looked up, write the number',
  realm: 'names of realms are not looked up, write the number',
  devgroup: 'names of groups of interfaces are not looked up, write the number',
  label: 'names of labels are not looked up, write the number',
  raw: 'names are not looked up, write the number',
  unknown: 'nft might look it up on the machine where it runs, unless it is misspelled',
};

const NUMBER = /^(?:0[0-7]{0,20}|[1-9]\d{0,18}|0[xX][0-9A-Fa-f]{1,16})$/;

/** Well-known services. nft looks up their names in /etc/services, and finds them on every machine that has this file. */
const SERVICES =
  'ftp ftp-data ssh telnet smtp domain bootps bootpc tftp http www kerberos pop3 sunrpc ntp netbios-ns netbios-dgm netbios-ssn imap2 imap ' +
  'snmp snmp-trap bgp ldap https microsoft-ds submission submissions ldaps imaps pop3s syslog rsync nfs mysql postgresql xmpp-client ' +
  'xmpp-server sip sip-tls isakmp ipsec-nat-t openvpn radius radius-acct l2f mdns ms-sql-s rtsp domain-s echo discard daytime chargen ' +
  'finger auth nntp http-alt svn git dhcpv6-client dhcpv6-server redis amqp amqps ipp epmd nut munin puppet';
const NFT_SERVICES = new Set(SERVICES.split(' '));

/** Words of nft's language that are accepted where loopfw does not know what value nft expects. */
const WORDS = [
  // Verdicts and statements.
  'accept drop continue return reject counter limit quota last log masquerade redirect snat dnat tproxy notrack add update delete destroy meter',
  'vmap map set element reset',
  // Parts of statements and expressions.
  'rate over until burst packets packet bytes kbytes mbytes second minute hour day week used with random fully-random persistent to',
  'name prefix level group snaplen queue-threshold flags all sequence options skuid ether num addr port interval count saddr daddr',
  'jump goto size maxseg option exists missing exthdr mod seed offset inc symhash jhash numgen reqid spi spnum in out original reply',
  'eol nop noop sack sack0 sack1 sack2 sack3 sack-permitted sack-perm window timestamp mss tsval tsecr left right count kind length echo fastopen',
  'md5sig mptcp subtype lsrr rr ssrr ra ptr value type chunk data init init-ack verdict',
  'ct meta rt socket fib ipsec frag hbh mh rt0 rt2 srh dst ah esp comp ether vlan th igmp arp',
  // Parts of sets and other objects, and names of values.
  'typeof timeout expires gc-interval elements policy performance memory auto-merge constant dynamic comment handle position index dormant',
  'protocol l3proto dport tcp udp dccp sctp udplite icmp icmpv6 gre ip ip6 inet established close close_wait fin_wait last_ack retrans',
  'syn_recv syn_sent syn_sent2 time_wait unack replied unreplied hook priority device devices use',
];
const HARMLESS = new Set(WORDS.join(' ').split(' '));

/** The message that refuses this word as a value of this kind. null if loopfw accepts it. */
export function getNftNameRefusal(item: NftItem, kind: NftKind): string | null {
  const isSafe = kind === 'own' || (kind === 'unknown' ? isSafeAnywhere(item) : isSafeValue(item, kind));
  return isSafe ? null : `"${item.text}" is refused: ${REASONS[kind]}`;
}

function isSafeAnywhere({ kind, text }: NftItem): boolean {
  if (kind !== 'other') {
    return kind === 'name' && isHarmlessNftWord(text);
  }
  // nft looks up a word that looks like a number or an address but is none.
  return /^\d+$/.test(text) ? NUMBER.test(text) : /^[\d.]+$/.test(text) ? isIPv4(text) : !text.endsWith('*');
}

function isSafeValue({ kind, text }: NftItem, value: NftKind): boolean {
  if (kind === 'other' && NUMBER.test(text)) {
    return true;
  }
  return (
    (value === 'address' && !text.includes('%') && isIP(text.replace(/^\[(.*)\]$/, '$1')) !== 0) ||
    (value === 'service' && NFT_SERVICES.has(text)) ||
    (value === 'protocol' && isProtocolName(text))
  );
}

/** Whether a word is safe where loopfw does not know what nft expects. nft does not look up such a word on the machine. */
export function isHarmlessNftWord(word: string): boolean {
  return HARMLESS.has(word) || /^[km]?bytes\/(?:second|minute|hour|day|week)$/.test(word);
}
