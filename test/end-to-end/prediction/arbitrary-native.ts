// Random native rule sets that the probes of a test really meet: tables of ip, ip6 and inet, and chains at every hook.
import fc from 'fast-check';
import { ENDS, OF_FAMILY, REMEMBERING, STATEMENTS, type TableFamily } from './native-parts.js';

/** dnat and redirect. */
const TO: Record<TableFamily, string[]> = {
  ip: [
    ...[
      'dnat to 127.0.0.2',
      'tcp dport 82 dnat to 127.0.0.2:80',
      'tcp dport 80-82 dnat to 127.0.0.2:80-81',
      'tcp dport 82 redirect to :80',
    ],
    ...[
      'redirect',
      'udp dport 54 redirect to :53',
      'dnat to tcp dport map { 80 : 127.0.0.9, 82 : 127.0.0.2 }',
      'tcp dport 80 redirect to :82',
    ],
    ...['dnat to ip daddr . tcp dport map { 127.0.0.9 . 80 : 127.0.0.2 . 81 }', 'ip daddr 127.0.0.9 dnat to 127.0.0.2'],
  ],
  ip6: ['tcp dport 82 dnat to [::1]:80', 'tcp dport 82 redirect to :81', 'redirect', 'udp dport 54 redirect to :53'],
  inet: [
    ...[
      'dnat ip to 127.0.0.2',
      'tcp dport 82 dnat ip6 to [::1]:80',
      'tcp dport 82 redirect to :80',
      'redirect',
      'tcp dport 80 redirect to :82',
    ],
    ...['tcp dport 82 redirect to :tcp dport map { 82 : 81 }', 'tcp dport 82 dnat ip to 127.0.0.2:80'],
  ],
};
/** snat and masquerade. */
const FROM: Record<TableFamily, string[]> = {
  ip: ['snat to 127.0.0.5', 'masquerade', 'meta l4proto tcp snat to 127.0.0.1:5000-5000', 'ip saddr 127.0.0.5 snat to 127.0.0.1', 'accept'],
  ip6: ['masquerade', 'snat to ::1', 'tcp dport 80 snat to [::1]:5000', 'accept'],
  inet: ['snat ip to 127.0.0.5', 'masquerade', 'tcp dport 80 snat ip to 127.0.0.1:5000', 'accept'],
};

/** The base chains: those with the same name are in one rule set at most once. */
const CHAINS = {
  input: 'type filter hook input priority filter; policy accept;',
  strict: 'type filter hook input priority 10; policy drop;',
  early: 'type filter hook input priority -300; policy accept;',
  output: 'type filter hook output priority filter; policy accept;',
  route: 'type route hook output priority mangle; policy accept;',
  raw: 'type filter hook output priority raw; policy accept;',
  before: 'type filter hook prerouting priority raw; policy accept;',
  middle: 'type filter hook prerouting priority mangle; policy accept;',
  after: 'type filter hook postrouting priority mangle; policy accept;',
};
const NAT_CHAINS = {
  to: ['type nat hook output priority -100;', 'type nat hook output priority -150;', 'type nat hook prerouting priority dstnat;'],
  from: ['type nat hook postrouting priority srcnat;', 'type nat hook postrouting priority 0;'],
  here: ['type nat hook input priority srcnat;'],
};

const SETS: Record<string, string> = {
  ports: 'set ports { type inet_service; flags interval; elements = { 80, 82-90 }; }',
  hosts: 'set hosts { type ipv4_addr; flags interval; elements = { 127.0.0.1, 127.0.0.8/31 }; }',
  hosts6: 'set hosts6 { type ipv6_addr; elements = { ::1 }; }',
  pairs: 'set pairs { type ipv4_addr . inet_service; elements = { 127.0.0.1 . 53 }; }',
  triples: 'set triples { type ipv4_addr . ipv4_addr . inet_service; flags interval; elements = { 127.0.0.2 . 127.0.0.0/30 . 80-81 }; }',
  marks: 'map marks { type inet_service : mark; elements = { 80 : 1, 82 : 3 }; }',
  fates: 'map fates { type inet_service : verdict; elements = { 80 : accept, 81 : drop, 82 : jump sub }; }',
  seen: 'set seen { type ipv4_addr; flags dynamic; size 100; }',
};
const OBJECTS: Record<string, string> = { few: 'limit few { rate 1/day burst 3 packets }', little: 'quota little { over 200 bytes }' };

const PROTOCOL = /\b(?:tcp|udp|icmp|icmpv6|th|l4proto|protocol|nexthdr)\b|@[nt]h/;
const IP = /\b(?:ip|icmp)\b/;
const IP6 = /\b(?:ip6|icmpv6|exthdr)\b/;

/** Two parts of one rule that nft would call a contradiction: another protocol or family. */
function isPossible(parts: string[]): boolean {
  return (
    parts.filter((part) => PROTOCOL.test(part)).length < 2 && !(parts.some((part) => IP.test(part)) && parts.some((part) => IP6.test(part)))
  );
}

function makeRule(family: TableFamily, remembers: boolean): fc.Arbitrary<string> {
  const { matches, statements, rejects } = OF_FAMILY[family];
  const seen = family === 'ip6' ? [] : ['add @seen { ip saddr }', 'ip saddr @seen'];
  const all = remembers ? [...matches, ...Array.from({ length: 8 }, () => [...REMEMBERING, ...seen]).flat()] : matches;
  const ends = [...ENDS, ...rejects.map((answer) => `reject ${answer}`)];
  return fc
    .record({
      parts: fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 3 }),
      statement: fc.option(fc.constantFrom(...STATEMENTS, ...statements), { freq: 3 }),
      end: fc.constantFrom(...ends),
      isStatement: fc.boolean(),
    })
    .map(({ parts, statement, end, isStatement }) => {
      const own: string[] = [];
      for (const part of [...parts, ...(statement === null ? [] : [statement])]) {
        if (isPossible([...own, part])) {
          own.push(part);
        }
      }
      const last =
        statement !== null && (isStatement || /set (?:ct|meta) mark$/.test(statement)) ? '' : isPossible([...own, end]) ? end : 'drop';
      return [...own, last].join(' ').trim();
    });
}

export interface NativeRules {
  family: TableFamily;
  text: string;
  /** Whether rules remember packets. */
  remembers: boolean;
}

/** @param remembers whether rules may ask what remembers packets */
export function makeNativeRules(family: TableFamily, remembers: boolean): fc.Arbitrary<NativeRules> {
  const rules = fc.array(makeRule(family, remembers), { minLength: 1, maxLength: 4 });
  return fc
    .record({
      chains: fc.uniqueArray(fc.constantFrom(...(Object.keys(CHAINS) as (keyof typeof CHAINS)[])), { minLength: 1, maxLength: 3 }),
      rules: fc.tuple(rules, rules, rules),
      sub: rules,
      to: fc.option(fc.tuple(fc.constantFrom(...NAT_CHAINS.to), fc.constantFrom(...TO[family])), { freq: 2 }),
      from: fc.option(fc.tuple(fc.constantFrom(...NAT_CHAINS.from), fc.constantFrom(...FROM[family])), { freq: 1 }),
    })
    .map(({ chains, rules, sub, to, from }) => {
      const isAfter = chains.includes('after');
      const print = (name: string, head: string, lines: string[]) =>
        [`chain ${name} {`, ...[head, ...lines].filter((line) => line !== '').map((line) => `  ${line}`), '}'].join('\n');
      const clean = (lines: string[], isLast: boolean) =>
        lines.map((line) => {
          const own = isLast ? line.replace(/(?:jump|goto) sub/g, 'drop').replace('vmap @fates', 'vmap { 80 : drop }') : line;
          // The kernel has no REJECT after routing out.
          return isAfter ? own.replace(/(?:meta l4proto tcp )?reject.*$/, 'drop') : own;
        });
      const body = [
        print('sub', '', clean(sub, true)),
        ...chains.map((name, place) => print(name, CHAINS[name], clean(rules[place] ?? [], false))),
        ...(to === null ? [] : [print('to', to[0], [to[1]])]),
        ...(from === null ? [] : [print('from', from[0], [from[1]])]),
      ];
      const text = body.join('\n');
      const sets = Object.entries(SETS).flatMap(([name, set]) =>
        text.includes(`@${name}`) && new RegExp(`@${name}\\b`).test(text) ? [set] : [],
      );
      const objects = Object.entries(OBJECTS).flatMap(([name, object]) => (text.includes(`"${name}"`) ? [object] : []));
      return { family, remembers, text: [`table ${family} live {`, ...sets, ...objects, text, '}', ''].join('\n') };
    });
}
