// Values to try, of each kind, as lists. ␣ is a blank, ⇥ a tab and ∅ nothing at all.
import type { Family } from '../../../src/model/rule.js';

export function toTexts(list: string): string[] {
  return list
    .trim()
    .split(/\s+/)
    .map((text) => text.replaceAll('␣', ' ').replaceAll('⇥', '\t').replaceAll('∅', ''));
}

/** Numbers that are not written as a program writes them. */
export const SPELLINGS = toTexts('∅ -1 -0 +1 00 01 010 08 0x10 0X1F 0x 0x1g ␣1 1␣ ⇥1 1.0 1e3 1k a 1a 1_0 ٣ １');

/** Two numbers and what is between them, with FROM, MOST and MORE for the smallest, the largest, and one more than that. */
export const PAIRS = toTexts(`
  1:2 2:1 1:1 : 1: :1 0: :0 0:0 0:MOST 0:MORE MOST:MOST MORE:MORE :MOST MOST: 0:65535 1:65535 0:4294967295 1:4294967295 0:18446744073709551615
  01:02 010:017 0x1:0x2 +1:2 1:+2 -1:2 1:-2 ␣1:2 1:␣2 1␣:2 1:2␣ a:2 1:b 1:2:3 1::2 :1:2`);

/** Words of enumerations. Each parser takes some of them. */
export const WORDS = toTexts(`
  UNSPEC UNICAST LOCAL BROADCAST ANYCAST MULTICAST BLACKHOLE UNREACHABLE PROHIBIT THROW NAT XRESOLVE
  INVALID NEW RELATED ESTABLISHED UNTRACKED SNAT DNAT NONE EXPECTED SEEN_REPLY ASSURED CONFIRMED ORIGINAL REPLY
  new related destroy reply assured protoinfo helper mark natseqinfo secmark label synproxy
  packets bytes avgpkt original reply both bm kmp random nth in out none ipsec ah esp ipcomp transport tunnel beet
  srcip srcport dstip dstport unicast broadcast multicast host otherhost
  emerg panic alert crit error err warning warn notice info debug
  FIN SYN RST PSH ACK URG ALL ECE CWR any all only DATA INIT INIT_ACK SACK HEARTBEAT HEARTBEAT_ACK ABORT SHUTDOWN SHUTDOWN_ACK ERROR
  COOKIE_ECHO COOKIE_ACK ECN_ECNE ECN_CWR SHUTDOWN_COMPLETE I_DATA RE_CONFIG PAD ASCONF_ACK ASCONF FORWARD_TSN I_FORWARD_TSN
  DATA:Be DATA:IUBE ABORT:t SACK:T REQUEST RESPONSE DATAACK CLOSEREQ CLOSE RESET SYNC SYNCACK
  Minimize-Delay Maximize-Throughput Maximize-Reliability Minimize-Cost Normal-Service CS0 CS7 CS8 BE AF11 AF43 AF44 EF EF1
  Mon Sun Monday amanda ftp irc netbios-ns pptp Q.931 RAS sane sip snmp snmp_trap tftp
  tcp udp udplite icmp icmpv6 ipv6-icmp sctp dccp gre ospf igmp mh ipv6-mh ip ipv6 hopopt egp mptcp
  ping pong echo-request echo-reply destination-unreachable network-unreachable TOS-host-redirect fragmentation-needed redirect packet-too-big
  neighbour-solicitation neighbor-advertisement no-route failed-policy reject-route address-mask-reply router-solicitation timestamp-request
  icmp-net-unreachable icmp-host-unreachable icmp-proto-unreachable icmp-port-unreachable icmp-net-prohibited icmp-host-prohibited
  icmp-admin-prohibited tcp-reset tcp-rst net-unreach port-unreach admin-prohib icmp6-no-route icmp6-adm-prohibited icmp6-addr-unreachable
  icmp6-port-unreachable icmp6-policy-fail icmp6-reject-route policy-fail addr-unreach adm-prohibited
  hop dst route frag auth prot eth0 eth+ + lo ssh http https domain root daemon nobody`);

export const ADDRESSES: Record<Family, string[]> = {
  ipv4: toTexts(`
    10.0.0.1 0.0.0.0 255.255.255.255 127.0.0.1 256.0.0.1 10.0.0 10.1 10 10.0.0.1.1 010.0.0.1 0x7f.1 10.0.0.1␣ 127.1 [10.0.0.1] ::1
    10.0.0.0/8 10/8 10.1/16 0/0 0.0.0.0/0 10.0.0.0/0 10.0.0.1/32 10.0.0.1/33 10.0.0.1/8 10.0.0.0/08 10.0.0.0/+8 10.0.0.0/-1 10.0.0.0/ /8
    10.0.0.0/8/8 10.0.0.0/␣8 10.0.0.0/255.0.0.0 10.0.0.0/255.0.255.0 10.0.0.0/0.0.0.0 10.0.0.1/255.255.255.255 10.0.0.0/255.0
    10.0.0.0/0.0.0.255 10.0.0.0/256.0.0.0 10.0.0.0/0xff000000 10.0.0.0/31 10.0.0.0/1 2001:db8::1 ∅`),
  ipv6: toTexts(`
    2001:db8::1 :: ::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ::ffff:10.0.0.1 ::10.0.0.1 [::1] fe80::1%lo 2001:DB8::1 2001:db8:0:0:0:0:0:1
    2001:0db8::0001 2001:db8::12345 1:2:3 10.0.0.1 ::: ::1␣ 2001:db8::/32 ::/0 ::1/128 ::1/129 ::1/0 2001:db8::1/32 2001:db8::/032
    2001:db8::/+32 2001:db8::/-1 2001:db8::/ /32 2001:db8::/ffff:ffff:: 2001:db8::/ffff:0:ffff:: ::/:: ::ffff:10.0.0.0/104 2001:db8::/127
    2001:db8::/1 0/0 ∅`),
};

export const MASKS: Record<Family, string[]> = {
  ipv4: toTexts('255.255.255.0 255.255.255.255 0.0.0.0 255.0.255.0 0.0.0.255 24 32 /24 256.0.0.0 255.255 ∅ a ffff::'),
  ipv6: toTexts('ffff:ffff:: :: ffff::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 64 /64 ::1 ∅ a 255.0.0.0'),
};

/** Ranges of addresses: A is the lower one, B the higher one. */
export const ADDRESS_RANGES = toTexts('A-B A B-A A-A A- -A - A-B-B A␣-␣B A:B A/32-B A/24 [A] [A-B] [A]-[B] A-9');

/** What may follow an address of NAT. */
export const NAT_PORTS = toTexts(`
  ∅ : :80 :0 :1 :65535 :65536 :80-90 :90-80 :80-80 :0-0 :1-65535 :080 :0x50 :+80 :-80 :␣80 :80- :80:90 :http :80-90/85 :1000-2000/3000
  :80-90/0 :80-90/65535 :80-90/65536 :80-90/ :80/90 :80-90/http`);

export const RATES = toTexts(`
  1 1/s 1/sec 1/second 1/seconds 1/secondx 1/S 1/SECOND 1/m 1/mi 1/min 1/minute 1/h 1/hour 1/d 1/da 1/day 1/days 1/w 1/ /s 1/1 0/s -1/s +1/s
  01/s 0x1/s 1.5/s ␣1/s 1␣/s 1/␣s 1/s␣ 9999/s 10000/s 10001/s 20000/s 100000/s 999999/s 1000000/s 1000001/s 4294967295/s 4294967296/s 10000/m
  600000/m 600001/m 36000000/h 36000001/h 864000000/d 864000001/d 1000000/d 7/day 13/h 59/m 61/m 99999999999/s
  1b/s 1kb/s 1mb/s 1gb/s 4kb/s 15b/s 16b/s 17b/s 4gb/s 5gb/s 1KB/s 1k/s 1kb 1kb/m 0kb/s 1mb/sec 1tb/s 1kbps 4294967295b/s 4294967296b/s`);

export const PROBABILITIES = toTexts(`
  0 1 0.5 .5 0. 1. 1.0 1.00000001 0.99999999999 0.0000000001 0.00000000000000000000001 -0.1 +0.5 2 1e-1 5e-1 0x1 0,5 50% nan inf ∅ a ␣0.5 0.5␣`);

export const TIMES = toTexts(`
  08:00 8:00 8:0 08:00:00 00:00 23:59 23:59:59 24:00 24:00:00 23:60 23:59:60 008:00 8 08: :00 ∅ 08:00:00:00 08-00 ␣08:00 08:00␣ +8:00 -1:00
  08:00:5 0x8:00 a:b`);

export const DATES = toTexts(`
  2026-01-02 2026-01-02T03:04:05 2026-01-02T03:04 2026-01-02T03 2026-01-02T 2026-1-2 2026-01 2026 1970-01-01 1970-01-01T00:00:00
  1970-01-01T00:00:01 1969-12-31 2038-01-19 2038-01-19T03:14:06 2038-01-19T03:14:07 2038-01-19T03:14:08 2038-01-20 2026-02-29 2026-02-31
  2026-13-01 2026-00-01 2026-01-00 2026-01-32 2026-01-02␣03:04:05 2026-01-02t03:04:05 2026-01-02T24:00:00 2026-01-02T23:60:00
  2026-01-02T23:59:60 ∅ today 26-01-02 02026-01-02 2026-001-02 2026-01-02T3:4:5`);

export const MAC_ADDRESSES = toTexts(`
  00:11:22:aa:bb:cc 00:11:22:AA:BB:CC 0:11:22:aa:bb:cc 00:11:22:aa:bb 00:11:22:aa:bb:cc:dd 00-11-22-aa-bb-cc 001122aabbcc 00:11:22:aa:bb:cg
  ff:ff:ff:ff:ff:ff ∅ ␣00:11:22:aa:bb:cc 00:11:22:aa:bb:cc␣ 000:11:22:aa:bb:cc`);

export const CLASSES = toTexts('1:2 0:0 ffff:ffff FFFF:0 10000:0 0:10000 1 1: :1 : 1:2:3 g:1 0x1:2 00001:2 +1:2 -1:2 ␣1:2 1:2␣ ∅');

export const SET_DIRECTIONS = toTexts(`
  src dst src,dst dst,dst,src src,src,src,src,src,src src,src,src,src,src,src,src SRC Dst sr source src,sr src, ,src , src,,dst src,␣dst src;dst
  ␣src src␣ both 1 ∅`);

export const ICMP_TYPES = toTexts(`
  0 3 3/ /3 3/1 3/255 3/256 255 255/0 255/3 254/255 256 256/0 3/1/1 03/01 0x3/0x1 +3/1 3/-1 ␣3/1 3/␣1 any any/1 echo-request/0 255/0:255 3/0:255
  3/0:5 0/0 0/0:255 ∅`);

export const U32_TESTS = [
  ...toTexts(`
    0=0 0&0xff=1 0&0xFF=0x1 0␣&␣0xff␣=␣1 6&0xFF=1␣&&␣4&0x3FFF=0 0>>22&0x3C@4=0x29 0>>31=0 0>>32=0 0<<31=0 0<<33=0 0=1:2 0=2:1 0=1:1 0=1,2,3
    0=:1 0=1: 0= =0 0 ∅ 0==1 0=1=2 0=1&& &&0=1 0&&1=2 0&=1 0@=1 0=4294967295 0=4294967296 4294967295=0 4294967296=0 -1=0 0=-1 010=010 0=0x
    a=1 0=0␣x 0=1␣2 1␣0=0`),
  ...[10, 11].flatMap((count) => [
    Array(count).fill('0=0').join('&&'),
    `0=${Array(count).fill('0').join(',')}`,
    `0${'@0'.repeat(count)}=0`,
  ]),
];

/** Texts that a program may quote, cut or read as something else. */
export const ODD_TEXTS = toTexts(`
  ∅ ␣ a␣b a"b a'b a\\b \\ " \\" ! - -j -- # | || |0| |00| |0d␣0a| a|0d|b |0d |zz| |0d||0a| |␣0d␣| \\| é 漢 😀 a/b a.b .. . % %CURRENTTIME $x \`x\`
  ⇥ a⇥b \u0001 \u007f a,b a:b + eth+ a+b eth0:1 0`);

export const INTERFACES = toTexts('lo eth0 eth+ + a+b ++ +a eth0:1 eth␣0 eth/0 ∅ . .. é ! - -lo eth* eth0,eth1 eth# " a\\b @x %x');

export const PROTOCOLS = toTexts(`
  tcp TCP Tcp tc udp udplite icmp icmpv6 ipv6-icmp icmp6 esp ah sctp mh ipv6-mh mobility-header all ALL any ip ipv6 hopopt gre ospf dccp igmp
  ipencap ipip ipcomp mptcp ipv6-route ipv6-frag ipv6-opts ipv6-nonxt vrrp l2tp pim eigrp no-such tcp,udp ␣tcp tcp␣`);
