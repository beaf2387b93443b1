// Random rule sets with probes: on lo and by interfaces, of one back end and of both, with ipsets.
import fc from 'fast-check';
import type { Backend } from '../../../src/model/result.js';
import type { Family } from '../../../src/model/rule.js';
import { keepPossible } from '../../support/possible-rules.js';
import { IPSETS, makeLiveRules } from '../proof/arbitrary-live-rules.js';

export interface RandomScenario {
  name: string;
  rules: string[];
  probes: object[];
}

/** One retransmission of a SYN. */
const LIMIT_MS = 1600;
const REMEMBERS = /-m (?:limit|hashlimit|recent|quota|statistic|connlimit) /;
/** Which processor a packet is on, and what a random number is, nobody can predict. */
const CHANCE = /-m cpu |--probability/;
const LONG = 'loopfw'.repeat(500);
/** Of a rule set whose rules remember packets: each probe has a world of its own. */
const PROBES_OF_MEMORY = 10;

interface Kind {
  family: Family;
  /** The world, but its rules and probes. */
  world: object;
  probes: object[];
  /** Whether its rules belong to both back ends. */
  isMixed?: true;
  adapt: (text: string, change: Change) => string;
}

/** What a rule gets at random, where its world has something to choose. */
interface Change {
  isForward: boolean;
  interface: string;
  isLegacy: boolean;
}

const web = (from: string, address: string) => [
  { from, to: `tcp://${address}:80` },
  { from, to: `tcp://${address}:80`, send: 'loopfw' },
  { from, to: `tcp://${address}:81`, send: 'loopfw' },
  { from, to: `tcp://${address}:82` },
  { from, to: `tcp://${address}:83`, send: 'loopfw' },
  { from, to: `udp://${address}:53` },
  { from, to: `udp://${address}:54` },
  { from, to: `icmp://${address}` },
];

const ON_LO: Record<Family, Kind> = {
  ipv4: {
    family: 'ipv4',
    world: { servers: { web: 'tcp://127.0.0.2:80-81', dns: 'udp://127.0.0.2:53' }, ipsets: IPSETS.ipv4 },
    probes: [
      ...web('127.0.0.1', '127.0.0.2'),
      ...web('127.0.0.5', '127.0.0.2'),
      { from: '127.0.0.1', to: 'tcp://127.0.0.9:80' },
      { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', send: LONG },
    ],
    adapt: (text) => text,
  },
  ipv6: {
    family: 'ipv6',
    world: { servers: { web: 'tcp://[::1]:80-81', dns: 'udp://[::1]:53' }, ipsets: IPSETS.ipv6 },
    probes: [...web('::1', '[::1]'), { from: '::1', to: 'tcp://[::1]:80', send: LONG }],
    adapt: (text) => text,
  },
};

const MIXED: Record<Family, Kind> = {
  ipv4: { ...ON_LO.ipv4, isMixed: true, adapt: (text) => `iptables ${text}` },
  ipv6: { ...ON_LO.ipv6, isMixed: true },
};

/** The addresses of a world between two networks, for those on lo. */
const MOVED: Record<Family, [from: RegExp, to: string][]> = {
  ipv4: [
    [/127\.0\.0\.1-127\.0\.0\.4/g, '192.0.2.0-192.0.2.9'],
    [/127\.0\.0\.2-127\.0\.0\.9/g, '192.0.2.1-203.0.113.8'],
    [/127\.0\.0\.2-127\.0\.0\.3|127\.0\.0\.9/g, '203.0.113.8'],
    [/127\.0\.0\.0\/30/g, '192.0.2.0/24'],
    [/127\.0\.0\.[15]/g, '192.0.2.9'],
    [/127\.0\.0\.2/g, '192.0.2.1'],
  ],
  ipv6: [
    // loopfw takes each addr-unreachable for the kernel's own, where it explains a probe by neighbour discovery.
    [/icmp6-addr-unreachable/g, 'icmp6-no-route'],
    [/::1-::\d/g, '2001:db8:1::1-2001:db8:1::9'],
    [/(-d |\[)::1/g, '$12001:db8:1::1'],
    [/(^|[ "])::1/g, '$12001:db8:1::9'],
  ],
};
const move = (text: string, family: Family) => MOVED[family].reduce((moved, [from, to]) => moved.replaceAll(from, to), text);

const BETWEEN: Record<Family, Kind> = {
  ipv4: makeBetween('ipv4', { lan: '192.0.2.1', near: '192.0.2.9', wan: '203.0.113.1', far: '203.0.113.8' }, 24, 'net.ipv4.ip_forward'),
  ipv6: makeBetween(
    'ipv6',
    { lan: '2001:db8:1::1', near: '2001:db8:1::9', wan: '2001:db8:2::1', far: '2001:db8:2::8' },
    64,
    'net.ipv6.conf.all.forwarding',
  ),
};

/** A world between two networks, which forwards packets. */
function makeBetween(
  family: Family,
  { lan, near, wan, far }: Record<'lan' | 'near' | 'wan' | 'far', string>,
  length: number,
  forwarding: string,
): Kind {
  const inUrl = (address: string) => (family === 'ipv6' ? `[${address}]` : address);
  return {
    family,
    world: {
      interfaces: { lan0: { addresses: [`${lan}/${length}`] }, wan0: { addresses: [`${wan}/${length}`] } },
      sysctl: { [forwarding]: 1 },
      servers: {
        web: `tcp://${inUrl(lan)}:80-81`,
        dns: `udp://${inUrl(lan)}:53`,
        far: { protocol: 'tcp', address: far, port: '80-81', via: 'wan0' },
        'far-dns': { protocol: 'udp', address: far, port: 53, via: 'wan0' },
      },
      clients: { near: { address: near, via: 'lan0' } },
      ipsets: JSON.parse(move(JSON.stringify(IPSETS[family]), family)) as object,
    },
    probes: [
      ...web('near', inUrl(lan)),
      ...web('near', inUrl(far)),
      { from: lan, to: `tcp://${inUrl(lan)}:80` },
      { from: wan, to: `tcp://${inUrl(far)}:80`, send: 'loopfw' },
      { from: wan, to: `udp://${inUrl(far)}:53` },
      { from: wan, to: `icmp://${inUrl(far)}` },
    ],
    adapt(text, { isForward, interface: name }) {
      const placed = isForward ? text.replace('-A INPUT', '-A FORWARD') : text;
      const flag = /-A (?:INPUT|PREROUTING|FORWARD) /.test(placed) ? '-i' : /-A (?:OUTPUT|POSTROUTING) /.test(placed) ? '-o' : null;
      return move(flag === null || name === '' ? placed : placed.replace(/(-A \S+ )/, `$1${name.replace('-i', flag)} `), family);
    },
  };
}

const KINDS = [
  ...[ON_LO.ipv4, BETWEEN.ipv4, ON_LO.ipv6, MIXED.ipv4, BETWEEN.ipv6],
  ...[ON_LO.ipv4, BETWEEN.ipv4, ON_LO.ipv6, MIXED.ipv6, BETWEEN.ipv4],
];

const NO_CHANGE: Change = { isForward: false, interface: '', isLegacy: false };
/** A rule set has no more rules. */
const CHANGES = 16;

const makeChange: fc.Arbitrary<Change> = fc.record({
  isForward: fc.boolean(),
  interface: fc.constantFrom('', '', '-i lan0', '-i wan0', '-i lo', '! -i lo', '-i l+'),
  isLegacy: fc.boolean(),
});

/** The scenarios of so many rule sets. The rules of a back end alone, or of both. */
export function makeRandomScenarios(count: number, backend: Backend, seed: number): RandomScenario[] {
  const kinds = Array.from({ length: count }, (_, place) => KINDS[place % KINDS.length] ?? ON_LO.ipv4);
  const makeRules = ({ family, adapt, isMixed }: Kind) =>
    fc.tuple(makeLiveRules(family), fc.array(makeChange, { minLength: CHANGES, maxLength: CHANGES })).map(([texts, changes]) => {
      const rules = texts
        .filter((text) => !CHANCE.test(text))
        .map((text, place) => {
          const change = changes[place % CHANGES] ?? NO_CHANGE;
          return { text: adapt(text, change), isLegacy: change.isLegacy };
        });
      return isMixed === true
        ? mix(rules)
        : keepPossible(
            rules.map(({ text }) => text),
            backend,
          ).rules;
    });
  const [sampled = []] = fc.sample(fc.tuple(...kinds.map(makeRules)), { numRuns: 1, seed });
  return sampled.flatMap((texts, place) => {
    const { world, probes: all } = kinds[place] ?? ON_LO.ipv4;
    const probes = all.map((probe) => ({ ...probe, timeoutMs: LIMIT_MS, expect: 'connected' }));
    const make = (name: string, chosen: typeof probes) => ({ name, backend, ...world, ignore: IGNORED, rules: texts, probes: chosen });
    // What rules remember is known in a fresh world only: one world for each probe.
    return REMEMBERS.test(texts.join('\n'))
      ? probes
          .filter((_, index) => (index + place) % Math.ceil(probes.length / PROBES_OF_MEMORY) === 0)
          .map((probe, index) => make(`set ${place} probe ${index}`, [probe]))
      : [make(`set ${place}`, probes)];
  });
}

/** Gives each rule to one of the back ends, and each chain to both. */
function mix(rules: { text: string; isLegacy: boolean }[]): string[] {
  const kept = (['nft', 'legacy'] as const).map((backend) => {
    const own = rules.filter(({ text, isLegacy }) => text.includes(' -N ') || isLegacy === (backend === 'legacy'));
    const possible = keepPossible(
      own.map(({ text }) => text),
      backend,
    ).rules;
    return new Map(possible.map((text) => [text, text.replace(/^ip6?tables/, `$&-${backend}`)]));
  });
  return rules.flatMap(({ text }) => kept.flatMap((own) => own.get(text) ?? []));
}

const IGNORED = ['never-matches', 'accepts-all-of-lo', 'owner-without-user', 'unknown-interface'];
