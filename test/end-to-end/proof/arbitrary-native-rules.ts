// Random native rule sets that the probes of a test really meet: what nft's expressions ask of packets on lo.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';

/** What a packet and its retransmission have in common, without an answer or with one. */
const STABLE = [
  'ip saddr 127.0.0.1',
  'ip daddr { 127.0.0.2, 127.0.0.9 }',
  'ip saddr != 127.0.0.5',
  'ip saddr & 255.255.255.254 == 127.0.0.4',
  'ip daddr . tcp dport { 127.0.0.2 . 80, 127.0.0.2 . 82 }',
  'ip saddr @steady',
  'tcp dport 80-81',
  'tcp dport { 80, 82 }',
  'tcp sport 80',
  'udp dport 53',
  'meta l4proto tcp',
  'meta l4proto { tcp, udp } th dport 81-82',
  'ip protocol icmp',
  'icmp type echo-request',
  'iifname "lo"',
  'oifname != "lo"',
  'tcp flags syn / syn,ack',
  'tcp flags & (syn | ack) == syn | ack',
  'tcp option maxseg size > 0',
  'tcp option sack-perm exists',
  'tcp sequence > 1',
  'ip ttl 64',
  'ip length 60',
  'ip length != 60',
  'ip dscp 0',
  'meta mark 1',
  'meta mark 0',
  'meta length < 61',
  'meta pkttype host',
  'fib daddr type local',
  // With seeds that are the same in every run.
  'symhash mod 1 0',
  'jhash ip saddr . ip daddr mod 2 seed 0x5 1',
  'counter',
  'log prefix "x"',
];
/** What connection tracking and the sockets know. */
const FLOW = [
  'ct state new',
  'ct state established,related',
  'ct state invalid',
  'ct direction reply',
  'ct status dnat',
  'ct status seen-reply',
  'ct original proto-dst 80',
  'meta skuid 0',
  'socket transparent 0',
];
const UNSTABLE = [
  'ip id & 1 == 1',
  '@nh,47,1 1',
  'ip checksum & 1 == 1',
  'tcp option timestamp tsval & 1 == 1',
  'tcp window > 100',
  'ip ecn not-ect',
  'ct status confirmed',
  'ct mark 1',
  'ct original packets > 1',
  'ct bytes > 100',
  'ct expiration > 1s',
  'ct count over 1',
  'meta cpu 0',
  'meta random < 2147483648',
  'meta hour "00:00"-"23:59"',
  'meta time > "2025-01-01"',
  'limit rate 1/day burst 1 packets',
  'limit rate over 1/hour burst 2 packets',
  'limit name "few"',
  'quota over 100 bytes',
  'quota 200 bytes',
  'numgen inc mod 2 0',
  'numgen random mod 2 0',
  'ip saddr @seen',
  'add @seen { ip saddr }',
  'update @seen { ip saddr timeout 1m }',
  'ip saddr @short',
  // Of data, which may be sent again in other pieces.
  'ip length > 100',
  'meta length > 1000',
  'tcp flags psh / psh',
  'ip saddr { 127.0.0.1 limit rate 1/day burst 1 packets, 127.0.0.8 }',
  'tcp dport . @nh,47,1 { 80 . 0, 81 . 1 }',
];
const ENDS = [
  ...Array.from({ length: 12 }, () => 'drop'),
  ...[
    'accept',
    'return',
    'reject',
    'reject with icmp host-prohibited',
    'jump sub',
    'goto sub',
    'meta l4proto tcp reject with tcp reset',
    '',
  ],
  ...['meta mark set 1', 'ct mark set 1', 'ct mark set meta mark', 'meta mark set ct mark', 'ip dscp set 4', 'ip ttl set 60'],
  ...['tcp dport 80 tcp dport set 81', 'ip daddr 127.0.0.9 ip daddr set 127.0.0.2'],
  'tcp dport vmap { 80 : drop, 81 : accept, 82 : jump sub }',
  'jhash tcp sport mod 2 seed 0x5 vmap { 0 : drop, 1 : accept }',
  'ip saddr vmap @fates',
];
const NAT: [text: string, isStable: boolean][] = [
  ['tcp dport 80 dnat ip to 127.0.0.2:80-83 random', false],
  ['tcp dport 80 dnat ip to 127.0.0.2:80-83 fully-random', false],
  ['tcp dport 80-82 dnat ip to 127.0.0.2:80-83', true],
  ['ip daddr 127.0.0.9 dnat ip to 127.0.0.2', true],
  ['dnat ip to tcp dport map { 80 : 127.0.0.2, 81 : 127.0.0.9 }', true],
  ['tcp dport 80 dnat ip to numgen random mod 2 map { 0 : 127.0.0.2, 1 : 127.0.0.9 }', false],
  ['tcp dport 80 dnat ip to jhash ip saddr mod 2 seed 0x5 map { 0 : 127.0.0.2, 1 : 127.0.0.9 }', true],
  ['tcp dport 80 redirect to :80-82 random', false],
  ['tcp dport 82 redirect to :80', true],
  ['numgen inc mod 2 0 tcp dport 80 redirect to :82', false],
];
const BACK_NAT: [text: string, isStable: boolean][] = [
  ['masquerade', true],
  ['masquerade fully-random', false],
  ['meta l4proto tcp snat ip to 127.0.0.2:5000-5009', false],
];

/** A rule set, and whether it has nothing but what is stable. */
export interface NativeRules {
  text: string;
  mayDiffer: boolean;
  /** Whether NAT draws: then it may draw something else in another run. */
  isDrawn: boolean;
}

interface Part {
  text: string;
  isStable: boolean;
}

/** What the kernel here has. Not all have every expression. */
const PARTS = keepPossible([
  ...[...STABLE, ...STABLE, ...STABLE, ...FLOW].map((text) => ({ text, isStable: true })),
  ...UNSTABLE.map((text) => ({ text, isStable: false })),
]);

export const KNOWN_PARTS = new Set(PARTS.map(({ text }) => text)).size;
export const ALL_PARTS = new Set([...STABLE, ...FLOW, ...UNSTABLE]).size;

function keepPossible(parts: Part[]): Part[] {
  const texts = [...new Set(parts.map(({ text }) => text))];
  const script = 'i=0; while [ $i -lt $1 ]; do eval "printf %s \\"\\$RULE_$i\\"" | nft -c -f - 2> /dev/null; echo $?; i=$((i + 1)); done';
  const rules = Object.fromEntries(texts.map((text, place) => [`RULE_${place}`, print([text], [], [], [], [])]));
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const { stdout } = spawnSync('unshare', ['--net', ...user, 'sh', '-c', script, 'sh', String(texts.length)], {
    encoding: 'utf8',
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, ...rules },
  });
  const statuses = stdout.trim().split('\n');
  return parts.filter(({ text }) => statuses[texts.indexOf(text)] === '0');
}

const rule = fc
  .record({ parts: fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 3 }), end: fc.constantFrom(...ENDS) })
  .map(({ parts, end }): Part => {
    // Several protocols in one rule are a contradiction to nft.
    const own = parts.filter(({ text }, place) => !isOfProtocol(text) || place === parts.findIndex((other) => isOfProtocol(other.text)));
    const isFree = !isOfProtocol(end) || !own.some(({ text }) => isOfProtocol(text));
    return {
      text: [...own.map(({ text }) => text), isFree ? end : 'drop'].join(' '),
      isStable: own.every(({ isStable }) => isStable) && end !== 'ip saddr vmap @fates',
    };
  });
const rules = fc.array(rule, { maxLength: 4 });
const toPart = ([text, isStable]: [string, boolean]): Part => ({ text, isStable });

function isOfProtocol(text: string): boolean {
  return /\b(?:tcp|udp|icmp|th)\b/.test(text);
}

export const nativeRules: fc.Arbitrary<NativeRules> = fc
  .tuple(
    rules,
    rules,
    rules,
    fc.array(fc.constantFrom(...NAT.map(toPart)), { maxLength: 1 }),
    fc.array(fc.constantFrom(...BACK_NAT.map(toPart)), { maxLength: 1 }),
  )
  .map(([output, input, sub, nat, backNat]) => {
    const texts = (parts: Part[]) => parts.map(({ text }) => text);
    return {
      text: print(
        texts(output),
        texts(input),
        texts(sub).map((text) => text.replace(/(?:jump|goto) sub/, 'drop')),
        texts(nat),
        texts(backNat),
      ),
      isDrawn: ![...nat, ...backNat].every(({ isStable }) => isStable),
      mayDiffer: ![...output, ...input, ...sub, ...nat, ...backNat].every(({ isStable }) => isStable),
    };
  });

function print(output: string[], input: string[], sub: string[], nat: string[], backNat: string[]): string {
  const chain = (name: string, head: string, lines: string[]) =>
    [`chain ${name} {`, ...[head, ...lines].filter((line) => line !== '').map((line) => `  ${line}`), '}'].join('\n');
  const rules = [...output, ...input, ...sub].join(' ');
  return [
    'table inet live {',
    ...(rules.includes('@seen') ? ['set seen { type ipv4_addr; flags dynamic, timeout; timeout 1h; }'] : []),
    ...(rules.includes('@steady') ? ['set steady { type ipv4_addr; elements = { 127.0.0.5 }; }'] : []),
    ...(rules.includes('@short') ? ['set short { type ipv4_addr; timeout 1500ms; elements = { 127.0.0.1 }; }'] : []),
    ...(rules.includes('@fates')
      ? ['map fates { type ipv4_addr : verdict; flags timeout; elements = { 127.0.0.5 timeout 1500ms : drop }; }']
      : []),
    ...(rules.includes('"few"') ? ['limit few { rate 1/day burst 2 packets }'] : []),
    chain('sub', '', sub),
    ...(nat.length === 0 ? [] : [chain('before', 'type nat hook output priority -100;', nat)]),
    ...(backNat.length === 0 ? [] : [chain('after', 'type nat hook postrouting priority 100;', backNat)]),
    chain('out', 'type filter hook output priority 0; policy accept;', output),
    chain('in', 'type filter hook input priority 0; policy accept;', input),
    '}',
    '',
  ].join('\n');
}
