/** Well-known services. nft looks up their names in /etc/services, and finds them on every machine that has this file. */
const SERVICES =
  'ftp ftp-data ssh telnet smtp domain bootps bootpc tftp http www kerberos pop3 sunrpc ntp netbios-ns netbios-dgm netbios-ssn imap2 imap ' +
  'snmp snmp-trap bgp ldap https microsoft-ds submission submissions ldaps imaps pop3s syslog rsync nfs mysql postgresql xmpp-client ' +
  'xmpp-server sip sip-tls isakmp ipsec-nat-t openvpn radius radius-acct l2f mdns ms-sql-s rtsp domain-s echo discard daytime chargen ' +
  'finger auth nntp http-alt svn git dhcpv6-client dhcpv6-server redis amqp amqps ipp epmd nut munin puppet';
export const NFT_SERVICES = new Set(SERVICES.split(' '));

/** Words of nft's language that are accepted where loopfw does not know what value nft expects. */
const WORDS = [
  // Verdicts and statements.
  'accept drop continue return reject counter limit quota last log masquerade redirect snat dnat notrack fwd add update delete destroy meter',
  'vmap map set element reset',
  // Parts of statements and expressions.
  'rate over until burst packets packet bytes kbytes mbytes second minute hour day week used with random fully-random persistent to',
  'name prefix level group snaplen queue-threshold flags all sequence options skuid ether num addr port interval count saddr daddr',
  'jump goto size maxseg option exists missing exthdr mod seed offset inc symhash jhash numgen reqid spi spnum in out original reply',
  'eol nop noop sack sack0 sack1 sack2 sack3 sack-permitted sack-perm window timestamp mss tsval tsecr left right count kind length echo fastopen',
  'md5sig mptcp subtype lsrr rr ssrr ra ptr value type chunk data init init-ack verdict',
  'ct meta rt socket fib ipsec frag hbh mh rt0 rt2 srh dst ah esp comp ether vlan th igmp',
  // Parts of sets and other objects, and names of values.
  'typeof timeout expires gc-interval elements policy performance memory auto-merge constant dynamic comment handle position index dormant',
  'protocol l3proto dport tcp udp dccp sctp udplite icmp icmpv6 gre ip ip6 inet established close close_wait fin_wait last_ack retrans',
  'syn_recv syn_sent syn_sent2 time_wait unack replied unreplied hook priority device devices use',
];
const HARMLESS = new Set(WORDS.join(' ').split(' '));

/** Whether a word is safe where loopfw does not know what nft expects. nft does not look up such a word on the machine. */
export function isHarmlessNftWord(word: string): boolean {
  return HARMLESS.has(word) || /^[km]?bytes\/(?:second|minute|hour|day|week)$/.test(word);
}
