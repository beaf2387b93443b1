import type { FaultEnd } from '../../model/program.js';
import type { Family } from '../../model/rule.js';
import { FAULT_PRIORITY } from '../../words/nft-chain.js';
import type { Station } from './hooks.js';
import type { KnownRule, TracedChain, TracedFault } from './traced-chains.js';

/** Finds the fault to which a chain of loopfw's table of faults belongs. null for the chain of the hook, which calls the others. */
export type FindFault = (chain: string) => TracedFault | null;

/** The place of all chains of faults: those that the chain of the hook calls may be the first that the trace shows. */
export const FAULT_STATION: Station = { hook: 'input', priority: FAULT_PRIORITY };

const FAMILIES: Family[] = ['ipv4', 'ipv6'];

/** A chain of the table of faults. */
export function makeFaultChain(table: string, name: string, fault: TracedFault | null): TracedChain {
  return {
    kind: 'nft',
    space: 'inet',
    families: FAMILIES,
    ...{ table, name },
    ...{ isOwn: true, isObserver: false, isNat: false },
    station: FAULT_STATION,
    policy: null,
    rules: fault === null ? [] : [makeEnd(fault, name)],
    ...(fault === null ? {} : { fault }),
  };
}

/** The rule that stands for all by which a chain of a fault ends packets. */
function makeEnd({ text, ends }: TracedFault, chain: string): KnownRule {
  return {
    handle: null,
    entry: null,
    text: `fault ${text}`,
    action: getFaultVerdict({ chain, ends }, chain),
    destination: null,
    instability: ends.instability && {
      kinds: [ends.instability],
      conditions: [],
      harmless: [],
      lasting: { match: 0, miss: 0 },
    },
  };
}

/** How a chain of a fault ends packets. The chain itself has the rules for connections that existed when the fault began: they drop. */
export function getFaultVerdict({ chain, ends }: Pick<TracedFault, 'chain' | 'ends'>, met: string): FaultEnd['verdict'] {
  return met === chain ? 'drop' : ends.verdict;
}
