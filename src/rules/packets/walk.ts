import type { Chain, PlannedLine } from '../../model/plan.js';
import type { Policy, Table } from '../../model/rule.js';
import { ALL_STATES } from './combinations.js';
import { areDisjoint, contains } from './contains.js';
import type { ChainReader } from './chain-ends.js';
import type { Field } from './fields.js';
import type { PacketSet } from './packet-set.js';

/** Where a packet may end in a chain. With one end, it is certain. */
export interface Ends {
  /** The rules that may end it. */
  lines: PlannedLine[];
  /** The policy that may end it; null if it cannot come that far. */
  policy: Policy | null;
  /** The rules that it certainly matches, and that let it go on. */
  passed: PlannedLine[];
}

interface Walked {
  lines: PlannedLine[];
  mayReturn: boolean;
  passed: PlannedLine[];
}

/**
 * Follows a packet through a built-in chain. A rule of which nobody can say whether the packet matches it is followed both ways: so the
 * packet ends at one of these, whatever was not known.
 */
export function findEnds(reader: ChainReader, table: Table, name: string, packet: PacketSet): Ends {
  const chain = reader.getChain(table, name);
  if (chain === null) {
    return { lines: [], policy: 'ACCEPT', passed: [] };
  }
  const { lines, mayReturn, passed } = walk(reader, chain, packet, new Map());
  return { lines, policy: mayReturn ? (chain.policy?.verdict ?? 'ACCEPT') : null, passed };
}

/** @param known what was found out about user chains, for the packet as it came to the built-in chain */
function walk(reader: ChainReader, chain: Chain<PlannedLine>, packet: PacketSet, known: Map<string, Walked>): Walked {
  const found: Walked = { lines: [], mayReturn: false, passed: [] };
  let [current, memory] = [packet, known];
  for (const line of chain.lines) {
    const own = reader.getSet(line.rule);
    if (areDisjoint(own, current)) {
      continue;
    }
    const isCertain = contains(own, current);
    const next = reader.getNext(chain.table, line.rule);
    const inner = next === null ? null : walkOnce(reader, next, current, memory);
    found.lines.push(...(inner?.lines ?? (line.action === 'continue' || line.action === 'return' ? [] : [line])));
    found.passed.push(...(isCertain ? (inner?.passed ?? (line.action === 'continue' ? [line] : [])) : []));
    const leaves = line.action === 'return' || (line.action === 'goto' && inner?.mayReturn === true);
    found.mayReturn ||= leaves;
    const goesOn = line.action === 'continue' || (line.action === 'jump' && inner?.mayReturn !== false);
    if (isCertain && !goesOn) {
      return found;
    }
    const changes = reader.listChanges(chain.table, line.rule);
    if (changes.size > 0) {
      [current, memory] = [forget(current, changes), new Map<string, Walked>()];
    }
  }
  return { ...found, mayReturn: true };
}

function walkOnce(reader: ChainReader, chain: Chain<PlannedLine>, packet: PacketSet, known: Map<string, Walked>): Walked {
  const walked = known.get(chain.name) ?? walk(reader, chain, packet, known);
  known.set(chain.name, walked);
  return walked;
}

/** The packet without what a rule may have changed. */
function forget(packet: PacketSet, changes: ReadonlySet<Field>): PacketSet {
  const { source: _source, destination: _destination, ...numbers } = packet.numbers;
  return {
    ...packet,
    numbers: changes.has('addresses') ? numbers : packet.numbers,
    states: changes.has('tracking') ? ALL_STATES : packet.states,
    marks: changes.has('mark') ? [] : packet.marks,
    others: packet.others.filter(({ fields }) => fields.every((field) => !changes.has(field))),
  };
}
