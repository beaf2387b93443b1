import { UsageError } from '../model/errors.js';
import type { Chain, IptablesRuleSet, NftRuleSet, PlannedLine } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import type { Family, Table } from '../model/rule.js';
import type { RuleSet, ScenarioRule, WorldSpec } from '../model/scenario.js';
import { layOutChains } from '../rules/chains/layout.js';
import type { OwnRule } from '../rules/chains/own-rules.js';
import { listNftRuleStatements } from '../rules/nft/statements.js';
import { printTraceTable } from '../rules/nft/trace-table.js';
import { getUnsupported, isPlainRule, matchesAllPackets, mayEndPacketItself } from '../rules/rule/traits.js';
import { printRestore } from '../rules/save/print-restore.js';
import { CertainDrops, type RuleWay, type WayChain } from '../rules/stability/certain-drops.js';
import { getRetransmissionTraits, hasStableTarget } from '../rules/stability/rule-traits.js';
import { findInstabilities } from '../rules/stability/traits.js';
import { TRACE_TABLE } from '../words/nft-chain.js';
import { type ChangingSets, NO_CHANGING_SETS } from './ipsets.js';

/** A list of recent has place for 100 addresses (ip_list_tot). An address of ours, and as many that routers and answers may add. */
const FEW_ADDRESSES = 50;

/** Plans the rule sets of one scenario. Each one replaces the one before. */
export class RuleSetPlanner {
  readonly #backend: Backend;
  readonly #families: Family[];
  readonly #own: OwnRule[];
  /** The chains that earlier rule sets may have left in the kernel, by family. The latest one counts if several have the same name. */
  readonly #left: Record<Family, Map<string, Chain>> = { ipv4: new Map(), ipv6: new Map() };

  readonly #addresses: number;
  readonly #isObserved: boolean;
  #areFirst = true;

  /**
   * @param own loopfw's own rules, which are added to every rule set
   * @param addresses the number of the scenario's addresses
   * @param isObserved whether routing may end packets of the world
   */
  constructor(backend: Backend, families: Family[], own: OwnRule[], addresses: number, isObserved: boolean) {
    this.#addresses = addresses;
    this.#isObserved = isObserved;
    this.#backend = backend;
    this.#families = families;
    this.#own = own;
  }

  /** @throws UsageError if the back end cannot hold a rule. The command line may have chosen the back end. */
  plan(rules: ScenarioRule[], changing: ChangingSets = NO_CHANGING_SETS): IptablesRuleSet<PlannedLine> {
    const families = this.#families.map((family) => {
      const chains = layOutChains(rules, family, this.#own);
      assertSupported(chains, this.#backend);
      noteInstabilities(chains, this.#areFirst ? this.#addresses : null, changing);
      const entries = rules.flatMap((rule) => rule.entries).filter((entry) => entry.family === family);
      const restore = printRestore(entries, family, this.#own, [...this.#left[family].values()]);
      this.#noteLeft(family, chains);
      return { family, restore, chains, isPlain: chains.every(isPlainChain) };
    });
    this.#areFirst = false;
    return { kind: 'iptables', backend: this.#backend, families, isObserved: this.#isObserved };
  }

  /** Forgets the chains of earlier rule sets. A native rule set replaces all of them. */
  forget(): void {
    this.#areFirst = false;
    this.#left.ipv4.clear();
    this.#left.ipv6.clear();
  }

  #noteLeft(family: Family, chains: Chain[]): void {
    const left = this.#left[family];
    for (const [key, chain] of left) {
      left.set(key, { ...chain, policy: chain.policy && { verdict: 'ACCEPT', entry: null } });
    }
    for (const chain of chains) {
      left.set(`${chain.table} ${chain.name}`, chain);
    }
  }
}

/** Whether the kernel's list of rules is enough to check the chain. The list has no policies, so a policy DROP is not plain. */
function isPlainChain({ policy, lines }: Chain<PlannedLine>): boolean {
  return policy?.verdict !== 'DROP' && lines.every(({ rule }) => isPlainRule(rule));
}

/**
 * Sets `instability` of each rule. It depends on the other rules too: a mark has an effect only if another rule checks it.
 *
 * @param addresses the number of the scenario's addresses; null if an earlier rule set may have left something in a memory
 */
function noteInstabilities(chains: Chain<PlannedLine>[], addresses: number | null, { lasting }: ChangingSets): void {
  const isTranslated = chains.some(({ lines }) => lines.some(({ action }) => action === 'translate'));
  const areSourcesFew = addresses !== null && addresses <= FEW_ADDRESSES && !isTranslated;
  let drops: CertainDrops | null = null;
  const places = chains.flatMap((chain) => chain.lines.map((_, place) => ({ chain: getKey(chain), place })));
  const lines = chains.flatMap((chain) => chain.lines);
  const traits = chains.flatMap(({ policy, lines }) => lines.map(({ rule }) => getRetransmissionTraits(rule, policy !== null)));
  for (const [place, instability] of findInstabilities(traits, areSourcesFew, lasting).entries()) {
    const line = lines[place];
    const at = places[place];
    if (line !== undefined && at !== undefined && instability !== null) {
      line.instability = {
        ...instability,
        harmless: [...instability.harmless, ...(drops ??= new CertainDrops(chains.map(toWayChain))).find(at.chain, at.place)],
      };
      if (addresses === null) {
        line.instability.lasting = { match: 0, miss: 0 };
      }
    }
  }
}

function getKey({ table, name }: Pick<Chain, 'table' | 'name'>): string {
  return `${table} ${name}`;
}

function toWayChain(chain: Chain<PlannedLine>): WayChain {
  const { table, policy, lines } = chain;
  return {
    key: getKey(chain),
    policy: policy && (policy.verdict === 'DROP' ? 'drop' : 'accept'),
    ways: lines.map((line) => toWay(line, table)),
  };
}

function toWay({ rule, action }: PlannedLine, table: Table): RuleWay {
  const facts = { matchesAll: matchesAllPackets(rule), isSimple: hasStableTarget(rule) && !mayEndPacketItself(rule) };
  if (action === 'jump' || action === 'goto') {
    return { ...facts, verdict: action, to: getKey({ table, name: rule.target?.name ?? '' }) };
  }
  return { ...facts, verdict: action === 'continue' || action === 'drop' || action === 'return' ? action : 'other' };
}

function assertSupported(chains: Chain<PlannedLine>[], backend: Backend): void {
  for (const { lines } of chains) {
    for (const { rule, text } of lines) {
      const problem = getUnsupported(rule, backend);
      if (problem !== null) {
        throw new UsageError(`${text}: ${problem}`);
      }
    }
  }
}

/**
 * Plans a native rule set, with loopfw's own table for the trace.
 * @param isObserved whether routing may end packets of the world
 */
export function makeNftRuleSet(
  { file, text, sources, openEnds, unseen }: Extract<RuleSet, { kind: 'nft' }>,
  { interfaces }: WorldSpec,
  isObserved: boolean,
): NftRuleSet {
  return {
    kind: 'nft',
    ...{ backend: 'nft', file, text, sources, openEnds },
    judgesArp: unseen.some(({ family }) => family === 'arp'),
    hasRules: listNftRuleStatements(text).length > 0,
    trace: { table: TRACE_TABLE, text: printTraceTable(interfaces.length > 0, isObserved) },
    isObserved,
  };
}
