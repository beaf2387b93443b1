import { PROTOCOLS } from '../../../model/protocols.js';
import type { PlannedLine } from '../../../model/plan.js';
import type { Family, Table } from '../../../model/rule.js';
import type { ProbeSpec, ScenarioRule } from '../../../model/scenario.js';
import { layOutChains } from '../../../rules/chains/layout.js';
import { ChainReader } from '../../../rules/packets/chain-ends.js';
import type { Field } from '../../../rules/packets/fields.js';
import { type KnownPacket, toSetOfOne } from '../../../rules/packets/packet.js';
import { type Ends, findEnds } from '../../../rules/packets/walk.js';
import { getFamily } from '../../../words/addresses.js';
import type { WarnedScenario } from './finder.js';

/** The most probes of a rule set that are followed through it. */
const MOST_PROBES = 1000;

const ANY_STATE = 'INVALID,NEW,RELATED,ESTABLISHED,UNTRACKED,SNAT,DNAT';

/** Many scenarios can use the rules of one file. */
const readers = new WeakMap<ScenarioRule[], Map<Family, ChainReader>>();

/** A rule set that is for iptables alone and has one back end, and the probes that it judges. */
export class JudgedSet {
  readonly phase: number;
  readonly rules: ScenarioRule[];
  /** The first of them. */
  readonly probes: ProbeSpec[];

  constructor(phase: number, rules: ScenarioRule[], probes: ProbeSpec[]) {
    this.phase = phase;
    this.rules = rules;
    this.probes = probes.slice(0, MOST_PROBES);
  }

  get families(): Family[] {
    const families = ['ipv4', 'ipv6'] as const;
    return families.filter((family) => this.rules.some(({ entries }) => entries.some((entry) => entry.family === family)));
  }

  getReader(family: Family): ChainReader {
    const own = readers.get(this.rules) ?? new Map<Family, ChainReader>();
    readers.set(this.rules, own);
    const reader = own.get(family) ?? new ChainReader(layOutChains(this.rules, family, []));
    own.set(family, reader);
    return reader;
  }

  /**
   * Where a packet may end in a built-in chain.
   * @param state the conntrack state that it has there, even if a rule may have changed it
   */
  findEnds(table: Table, chain: string, packet: KnownPacket, state: string | null = null): Ends {
    const reader = this.getReader(packet.family);
    const isChanged = (field: Field) => table !== 'raw' && reader.changes(field);
    const set = toSetOfOne({ ...packet, state: state ?? (isChanged('tracking') ? ANY_STATE : packet.state) });
    return findEnds(reader, table, chain, isChanged('mark') ? { ...set, marks: [] } : set);
  }

  /** The rule of the scenario that a line comes from. */
  getRule({ entry }: PlannedLine): ScenarioRule | undefined {
    return this.rules.find(({ index }) => index === entry);
  }

  /** The rule that sets the policy of a chain. */
  getPolicy(family: Family, table: Table, chain: string): ScenarioRule | undefined {
    return this.rules.findLast(({ entries }) =>
      entries.some((entry) => entry.kind === 'policy' && entry.family === family && entry.table === table && entry.chain === chain),
    );
  }

  /** The rule that ends a packet, where there is one; else that of the policy. */
  getEnder(family: Family, table: Table, chain: string, { lines }: Ends): ScenarioRule | undefined {
    const [line] = lines;
    return line === undefined ? this.getPolicy(family, table, chain) : this.getRule(line);
  }
}

const known = new WeakMap<WarnedScenario, JudgedSet[]>();

/** The rule sets of which it can be said what they do with a packet: those for iptables alone, with one back end. */
export function listJudgedSets(scenario: WarnedScenario): JudgedSet[] {
  const sets =
    known.get(scenario) ??
    scenario.phases.flatMap(({ ruleSet }, phase) => {
      const isPlain = ruleSet !== null && ruleSet.natives.length === 0 && new Set(ruleSet.rules.map(({ backend }) => backend)).size < 2;
      return isPlain ? [new JudgedSet(phase, ruleSet.rules, listJudgedProbes(scenario, phase))] : [];
    });
  known.set(scenario, sets);
  return sets;
}

/** The probes that the rule set of a phase judges: up to the next phase that has one. */
export function listJudgedProbes({ phases }: WarnedScenario, phase: number): ProbeSpec[] {
  const next = phases.findIndex(({ ruleSet }, place) => place > phase && ruleSet !== null);
  return phases.slice(phase, next < 0 ? undefined : next).flatMap(({ batches }) => batches.flat());
}

export function hasNat({ rules }: JudgedSet): boolean {
  return rules.some(({ entries }) => entries.some(({ table, kind }) => table === 'nat' && kind !== 'policy'));
}

/** Whether a probe is expected to get through. */
export function expectsAnswer({ expect }: ProbeSpec): boolean {
  return expect.outcome === 'connected' || (expect.outcome === undefined && expect.cause === 'service');
}

/** Whether a packet can only be dropped or rejected there. */
export function isBlocked({ lines, policy }: Ends): boolean {
  return policy !== 'ACCEPT' && lines.every(({ action }) => action === 'drop' || action === 'reject');
}

/** The first packet of a probe that makes a connection of its own. */
export function toRequest(probe: ProbeSpec, inInterface: string | null, outInterface: string | null, isToWorld: boolean): KnownPacket {
  const { protocol, from, to, clientPort } = probe;
  const family = getFamily(to.address);
  const { number, hasPort } = PROTOCOLS[protocol];
  return {
    ...{ family, protocol: number[family], inInterface, outInterface, isToWorld, state: 'NEW' },
    source: from === '0.0.0.0' || from === '::' ? null : from,
    destination: to.address,
    ...(hasPort ? { sourcePort: clientPort, destinationPort: to.port } : { icmp: family === 'ipv4' ? [8, 0] : [128, 0] }),
    ...(number[family] === 6 ? { flags: 'SYN' } : {}),
  };
}

/** The first packet with which the server answers it. */
export function toAnswer(request: KnownPacket): KnownPacket {
  const { source, destination, sourcePort, destinationPort, inInterface, outInterface, family } = request;
  return {
    ...request,
    ...{
      source: destination,
      destination: source,
      inInterface: outInterface,
      outInterface: inInterface,
      state: 'ESTABLISHED',
      isToWorld: false,
    },
    ...(sourcePort === undefined || destinationPort === undefined ? {} : { sourcePort: destinationPort, destinationPort: sourcePort }),
    ...(request.icmp === undefined ? {} : { icmp: family === 'ipv4' ? [0, 0] : [129, 0] }),
    ...(request.flags === undefined ? {} : { flags: 'SYN,ACK' }),
  };
}
