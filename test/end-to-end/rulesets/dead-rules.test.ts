// The rules that loopfw calls dead, against the kernel: packets that are made from the conditions of every rule never come to one of them, and
// to each of the others where the test says so.
import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import t from 'tap';
import { loadScenarios } from '../../../src/input/load-scenarios.js';
import { parseScenarios } from '../../../src/input/scenario/parse.js';
import type { Backend } from '../../../src/model/result.js';
import type { Rule } from '../../../src/model/rule.js';
import type { ScenarioRule } from '../../../src/model/scenario.js';
import { layOutChains } from '../../../src/rules/chains/layout.js';
import { findDeadRules } from '../../../src/rules/packets/dead-rules.js';
import { printRestore } from '../../../src/rules/save/print-restore.js';
import { type Crafted, meet, toBytes } from '../../support/crafted-packets.js';
import { ROOT } from '../../support/package.js';

interface WrittenSet {
  name: string;
  rules: string[];
  /** The index of each dead rule, and what the rule before it does. */
  dead?: Record<string, string>;
  /** Rules that only packets of another kind than those of this test would meet. */
  unmet?: number[];
}

const SETS = JSON.parse(readFileSync(new URL('dead-rules/sets.json', import.meta.url), 'utf8')) as Record<'with' | 'without', WrittenSet[]>;
const BACKENDS: Backend[] = ['nft', 'legacy'];
const skip = process.getuid?.() === 0 ? false : 'needs root';
/** How many packets are made for each rule of a written set, and of a set by a program. */
const EACH = { written: 12, real: 3 };

/** The world of these tests has this address at eth0, which is where packets come in. */
const WORLD = '192.0.2.10';
const OUTSIDE = '203.0.113.9';

/** The kernel makes them wait for two thirds of the time. */
t.jobs = 3;

for (const set of [...SETS.with, ...SETS.without]) {
  t.test(`written: ${set.name}`, { skip }, async (t) => {
    const rules = parseRules(set.rules);
    const dead = Object.fromEntries(findDeadRules(rules).map(({ rule, kind }) => [String(rule), kind]));
    t.strictSame(dead, set.dead ?? {});
    for (const backend of BACKENDS) {
      const hit = await sendTo(rules, ['eth0'], backend, EACH.written);
      const missed = rules.filter(({ entries }) => entries.some((entry) => 'rules' in entry)).filter(({ index }) => !hit.has(index ?? -1));
      const expected = [...Object.keys(dead).map(Number), ...(set.unmet ?? [])];
      t.strictSame(
        missed.map(({ index }) => index),
        expected.sort((a, b) => a - b),
        `${backend}: the rules that no packet met`,
      );
    }
  });
}

t.test('rule sets that programs have written', { skip }, async (t) => {
  const scenarios = await loadScenarios([`${ROOT}/scenarios/rule-sets`]);
  const counts: Record<string, number> = {};
  let freed = 0;
  for (const { name, phases, world } of scenarios) {
    const rules = phases[0]?.ruleSet?.rules ?? [];
    if (!rules.some(({ entries }) => entries.some(({ family, kind }) => family === 'ipv4' && kind === 'append'))) {
      continue;
    }
    const dead = findDeadRules(rules);
    counts[name] = dead.length;
    const addresses = world.interfaces.map((each) => `${each.name} ${each.addresses[0] ?? ''}`);
    if (dead.length > 0) {
      const others = rules.filter(({ index }) => !dead.some(({ by }) => by === index));
      const hit = await sendTo(others, addresses, 'nft', EACH.real);
      const met = dead.filter(({ rule }) => hit.has(rule)).length;
      t.comment(`${name}: without the rules before them, packets met ${met} of ${dead.length} dead rules`);
      freed += met;
    }
    for (const backend of BACKENDS) {
      const hit = await sendTo(rules, addresses, backend, EACH.real);
      t.ok(hit.size > 15, `${name} on ${backend}: packets met ${hit.size} rules of ${rules.length}`);
      t.strictSame(
        dead.filter(({ rule }) => hit.has(rule)),
        [],
        `${name} on ${backend}: none of ${dead.length} dead rules met a packet`,
      );
    }
  }
  t.ok(freed > 10, 'the packets of this test would meet dead rules that were alive');
  t.strictSame(counts, {
    'a router by ferm': 0,
    'a server by ferm': 0,
    'a router by FireHOL': 2,
    'a server by FireHOL': 24,
    'a router by Shorewall': 0,
    'a server by Shorewall': 0,
    'a router by ufw': 0,
    'a server by ufw': 0,
  });
});

function parseRules(rules: string[]): ScenarioRule[] {
  const probe = { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'connected' };
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify({ name: 'a', rules, probes: [probe] }), 'a.json');
  if (diagnostics.length > 0) {
    throw new Error(JSON.stringify(diagnostics));
  }
  return scenarios[0]?.phases[0]?.ruleSet?.rules ?? [];
}

/** Loads the rules in a network namespace of its own, sends packets of the kinds that they ask for, and returns the rules that a packet met. */
async function sendTo(rules: ScenarioRule[], interfaces: string[], backend: Backend, each: number): Promise<Set<number>> {
  const restore = printRestore(listIPv4(rules), 'ipv4', [], []);
  const names = interfaces.map((each) => each.split(' ')[0] ?? '');
  const links = interfaces.flatMap((each, place) => {
    const [name = '', address = `${WORLD}/24`] = each.split(' ');
    return [
      `ip link add ${name} address 02:00:00:00:00:01 type veth peer name far${place}`,
      `ip address add ${address} dev ${name}`,
      `ip link set ${name} up; ip link set far${place} up`,
    ];
  });
  const script = [
    'set -e',
    'for each in all default; do echo 0 > /proc/sys/net/ipv4/conf/$each/rp_filter; done; echo 1 > /proc/sys/net/ipv4/ip_forward',
    'ip link set lo up',
    ...links,
    `ip route add default dev ${names[0] ?? ''}`,
    `iptables-${backend}-restore <<'RULES'\n${restore}RULES`,
    `perl ${ROOT}/test/programs/inject.pl`,
    'sleep 0.05',
    `iptables-${backend}-save --counters`,
  ].join('\n');
  const { stdout } = await execa('unshare', ['--net', 'sh', '-c', script], {
    input: listPackets(rules, interfaces, each),
  });
  return readCounters(stdout, rules);
}

function listIPv4(rules: ScenarioRule[]) {
  return rules.flatMap(({ entries }) => entries.filter(({ family }) => family === 'ipv4'));
}

/** Packets for each rule: with its own conditions, and with those of the rules that lead to its chain. */
function listPackets(rules: ScenarioRule[], interfaces: string[], count: number): string {
  let seed = 16;
  const pick = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const chains = layOutChains(rules, 'ipv4', []);
  const callers = (table: string, name: string) =>
    chains
      .filter((chain) => chain.table === table)
      .flatMap((chain) => chain.lines.filter(({ rule }) => rule.target?.name === name).map(({ rule }) => ({ rule, chain: chain.name })));
  const lines: string[] = [];
  for (const { table, name, lines: own } of chains) {
    for (const { rule } of own) {
      for (let turn = 0; turn < count; turn++) {
        const path: Rule[] = [rule];
        for (let [at, depth] = [name, 0]; depth < 5; depth++) {
          const from = callers(table, at);
          const caller = from[pick(from.length)];
          if (caller === undefined) {
            break;
          }
          path.push(caller.rule);
          at = caller.chain;
        }
        for (const [place, each] of interfaces.entries()) {
          const local = each.split(' ')[1]?.split('/')[0] ?? WORLD;
          const free = makeFree(pick);
          const packet = path.reduceRight((made, one) => meet(made, one, pick), { ...free, source: OUTSIDE, destination: local });
          lines.push(`far${place} ${toBytes(packet).toString('hex')}`);
          const sent = path.reduceRight((made, one) => meet(made, one, pick), { ...free, source: local, destination: OUTSIDE });
          lines.push(`out ${toBytes(sent).toString('hex')}`);
        }
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

function makeFree(pick: (below: number) => number): Omit<Crafted, 'source' | 'destination'> {
  return {
    protocol: [6, 6, 17, 1][pick(4)] ?? 6,
    sourcePort: 1024 + pick(60000),
    destinationPort: 1 + pick(3000),
    flags: [2, 2, 16, 18, 17, 4, pick(64)][pick(7)] ?? 2,
    icmp: [[8, 0, 3, 11][pick(4)] ?? 8, 0],
    bytes: 40 + pick(4) * 60,
  };
}

/** The indices of the rules whose counters are not 0. The kernel lists the rules of each chain in their order. */
function readCounters(saved: string, rules: ScenarioRule[]): Set<number> {
  const hit = new Set<number>();
  const places = new Map<string, number>();
  const lines = new Map(layOutChains(rules, 'ipv4', []).map((chain) => [`${chain.table} ${chain.name}`, chain.lines]));
  let table = '';
  for (const line of saved.split('\n')) {
    table = line.startsWith('*') ? line.slice(1) : table;
    const [, packets, chain] = /^\[(\d+):\d+\] -A (\S+)/.exec(line) ?? [];
    if (packets !== undefined && chain !== undefined) {
      const key = `${table} ${chain}`;
      const place = places.get(key) ?? 0;
      places.set(key, place + 1);
      const entry = lines.get(key)?.[place]?.entry ?? null;
      if (entry !== null && packets !== '0') {
        hit.add(entry);
      }
    }
  }
  return hit;
}
