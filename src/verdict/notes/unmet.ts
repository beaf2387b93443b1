import type { ReadChain } from '../../predict/chains/chain.js';
import { isLocal, type Network } from '../../predict/world/network.js';
import type { Subject } from './subject.js';

/** From where a packet comes and where it goes. */
type Direction = 'within' | 'out' | 'in' | 'through';

interface Way {
  /** What the packet does, as a sentence goes on. */
  does: string;
  /** The chains of hooks on its way, in order. */
  meets: string[];
  /** Those of table nat. Connection tracking brings to lo what was decided before. */
  meetsNat: string[];
}

const WAYS: Record<Direction, Way> = {
  within: {
    does: 'is sent by this host to itself',
    meets: ['OUTPUT', 'POSTROUTING', 'PREROUTING', 'INPUT'],
    meetsNat: ['OUTPUT', 'POSTROUTING'],
  },
  out: { does: 'is sent by this host', meets: ['OUTPUT', 'POSTROUTING'], meetsNat: ['OUTPUT', 'POSTROUTING'] },
  in: { does: 'comes in for this host', meets: ['PREROUTING', 'INPUT'], meetsNat: ['PREROUTING', 'INPUT'] },
  through: {
    does: 'comes in and goes out again',
    meets: ['PREROUTING', 'FORWARD', 'POSTROUTING'],
    meetsNat: ['PREROUTING', 'POSTROUTING'],
  },
};

/** Which packets meet the chain of a hook. */
const MET_BY: Record<string, string> = {
  PREROUTING: 'packets that come in',
  INPUT: 'packets for this host',
  FORWARD: 'packets that come in and go out again',
  OUTPUT: 'packets that this host sends',
  POSTROUTING: 'packets that go out',
};

const OF_FILTER = { INPUT: ['OUTPUT', 'FORWARD'], FORWARD: ['OUTPUT', 'INPUT'], OUTPUT: ['INPUT', 'FORWARD'] };

/** The chains in which a rule could be that a packet does not meet where it is. */
const TWINS: Record<string, Record<string, string[]>> = {
  filter: OF_FILTER,
  security: OF_FILTER,
  raw: { PREROUTING: ['OUTPUT'], OUTPUT: ['PREROUTING'] },
  mangle: { ...OF_FILTER, PREROUTING: ['OUTPUT'], OUTPUT: ['PREROUTING'], POSTROUTING: ['INPUT'] },
  nat: { PREROUTING: ['OUTPUT'], OUTPUT: ['PREROUTING'], INPUT: ['POSTROUTING'], POSTROUTING: ['INPUT'] },
};

/** Whether a packet meets the chain of a hook on its way, if nothing ends it before; null: the way is not known. */
export function canMeet({ table }: ReadChain, hook: string, subject: Subject, network: Network): boolean | null {
  const direction = getDirection(subject, network);
  return direction === null ? null : listMet(WAYS[direction], table).includes(hook);
}

/** The end of a sentence: in which chain the rule is, who meets that chain, and what the packet meets instead. */
export function describeUnmet({ table, name }: ReadChain, hook: string, subject: Subject, network: Network): string | null {
  const direction = getDirection(subject, network);
  if (direction === null) {
    return null;
  }
  const way = WAYS[direction];
  const prefix = table === 'filter' ? '' : `${table} `;
  const place = name === hook ? `${prefix}${hook}` : `chain ${name}, to which ${prefix}${hook} leads`;
  const twins = listMet(way, table).filter((chain) => TWINS[table]?.[hook]?.includes(chain));
  const to = subject.packet.rewrittenTo === null || direction !== 'through' ? '' : ` to ${subject.packet.rewrittenTo.destination}`;
  const instead = twins.length === 0 ? '' : `: it meets ${twins.map((chain) => prefix + chain).join(' and ')}`;
  const who = direction === 'within' && table === 'nat' ? 'packets from other hosts' : MET_BY[hook];
  return `is in ${place}, which only ${who} meet, and ${subject.name} ${way.does}${to}${instead}`;
}

function listMet({ meets, meetsNat }: Way, table: string): string[] {
  return table === 'nat' ? meetsNat : meets;
}

function getDirection({ visits, way }: Subject, network: Network): Direction | null {
  const hooks = visits.map(({ hook }) => hook);
  const [first] = hooks;
  if (first === undefined) {
    return null;
  }
  const isOwn = first === 'output' || first === 'postrouting';
  const isFor = hooks.includes('input')
    ? true
    : hooks.includes('forward')
      ? false
      : way === null
        ? null
        : isLocal(way.packet.destination.address, network);
  return isFor === null ? null : isOwn ? (isFor ? 'within' : 'out') : isFor ? 'in' : 'through';
}
