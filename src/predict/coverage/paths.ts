import type { Family } from '../../model/rule.js';
import { ALL_STATES } from '../../rules/packets/combinations.js';
import type { PacketSet } from '../../rules/packets/packet-set.js';
import type { ReadChain, ReadRule } from '../chains/chain.js';
import { type Hook, type ReadRuleSet, TRACKING } from '../chains/rule-set.js';
import { EVERYTHING, joinSets } from '../rule/sets.js';

/** A rule in its chain, or the policy of a chain. */
export interface Placed {
  /** null for a policy. */
  rule: ReadRule | null;
  chain: ReadChain;
  chains: ReadonlyMap<string, ReadChain>;
}

/** The rules that lead a packet from the chain of a hook to a rule. */
export interface Path {
  family: Family;
  hook: Hook;
  table: string;
  isNat: boolean;
  /** Whether a packet has a state there that its place in the conversation tells: not before connection tracking, nor where rules untrack or rewrite. */
  hasState: boolean;
  /** The rules that lead to it, in order. */
  leads: ReadRule[];
  /** Every packet that these rules lead to the rule, and that the rule matches, is in this set. */
  set: PacketSet;
}

/** The most paths to a chain that are told apart, and the most jumps of one. */
const MOST_PATHS = 24;
const MOST_JUMPS = 16;

/** The rules of a family by their entries, and the ways to them. */
export class Paths {
  readonly #family: Family;
  readonly #bases: ReadonlyMap<string, Pick<Path, 'hook' | 'isNat' | 'hasState'>>;
  readonly #byEntry = new Map<number, Placed[]>();
  /** By chain: the rules that lead to it. */
  readonly #leading = new Map<ReadChain, { placed: Placed & { rule: ReadRule }; set: PacketSet }[]>();
  readonly #accepted = new Map<string, PacketSet[]>();
  readonly #known = new Map<ReadChain, Path[]>();
  /** Whether a rule rewrites packets: what led a packet to a chain then says nothing of it there. */
  readonly #rewrites: boolean;

  constructor(ruleSet: ReadRuleSet, family: Family) {
    this.#family = family;
    this.#bases = listBases(ruleSet);
    this.#rewrites = isAny(ruleSet, 'rewrites');
    for (const chains of ruleSet.read) {
      for (const chain of chains.values()) {
        this.#note(chain, chains);
      }
    }
  }

  listPlaced(entry: number): Placed[] {
    return this.#byEntry.get(entry) ?? [];
  }

  /** The paths to a rule; none, if no rule leads to its chain. */
  listPaths({ rule, chain }: Placed): Path[] {
    const own = rule?.reach.getSet() ?? EVERYTHING;
    return this.#listTo(chain, 0).map((path) => ({ ...path, set: joinSets(path.set, own) }));
  }

  /** What the rules accept that a packet of a table may meet at a hook. */
  listAccepted(table: string, hook: Hook): PacketSet[] {
    const key = `${table} ${hook}`;
    const known = this.#accepted.get(key) ?? this.#findAccepted(table, hook);
    this.#accepted.set(key, known);
    return known;
  }

  #findAccepted(table: string, hook: Hook): PacketSet[] {
    const accepting = [...this.#byEntry.values()].flat().filter(({ rule, chain }) => chain.table === table && rule?.reach.accepts === true);
    return accepting.flatMap((placed) => this.listPaths(placed).flatMap((path) => (path.hook === hook ? [path.set] : [])));
  }

  #note(chain: ReadChain, chains: ReadonlyMap<string, ReadChain>): void {
    const add = (entry: number | null | undefined, placed: Placed) =>
      entry === null || entry === undefined ? undefined : this.#byEntry.set(entry, [...this.listPlaced(entry), placed]);
    add(chain.policy?.entry, { rule: null, chain, chains });
    for (const rule of chain.rules) {
      add(rule.entry, { rule, chain, chains });
      for (const { to, set } of rule.reach.listLeads()) {
        const next = chains.get(`${chain.table} ${to}`);
        if (next !== undefined) {
          this.#leading.set(next, [...(this.#leading.get(next) ?? []), { placed: { rule, chain, chains }, set }]);
        }
      }
    }
  }

  #listTo(chain: ReadChain, jumps: number): Path[] {
    const known = this.#known.get(chain);
    if (known !== undefined) {
      return known;
    }
    const base = this.#bases.get(`${chain.table} ${chain.name}`);
    if (base !== undefined && chain.policy !== null) {
      return [{ family: this.#family, ...base, table: chain.table, leads: [], set: EVERYTHING }];
    }
    if (jumps === MOST_JUMPS) {
      return [];
    }
    const paths = (this.#leading.get(chain) ?? []).flatMap(({ placed, set }) =>
      this.#listTo(placed.chain, jumps + 1).map((path) => ({
        ...path,
        leads: [...path.leads, placed.rule],
        set: this.#rewrites ? path.set : joinSets(path.set, path.hasState ? set : withoutState(set)),
      })),
    );
    const kept = paths.length > MOST_PATHS ? [...paths.slice(0, MOST_PATHS), ...widen(paths.slice(MOST_PATHS))] : paths;
    this.#known.set(chain, kept);
    return kept;
  }
}

/** A packet that is not tracked yet changes its state in the chain itself: from INVALID to UNTRACKED, by CT --notrack. */
function withoutState(set: PacketSet): PacketSet {
  return { ...set, states: ALL_STATES };
}

function isAny({ read }: ReadRuleSet, what: 'untracks' | 'rewrites'): boolean {
  return read.some((own) => [...own.values()].some(({ rules }) => rules.some(({ reach }) => reach[what])));
}

/** One path for each hook in the place of many: it asks for nothing, so that no packet of theirs is left out. */
function widen(paths: Path[]): Path[] {
  const wide = paths.map((path): Path => ({ ...path, hasState: false, leads: [], set: EVERYTHING }));
  return [...new Map(wide.map((path) => [`${path.table} ${path.hook} ${path.isNat}`, path])).values()];
}

function listBases(ruleSet: ReadRuleSet): Map<string, Pick<Path, 'hook' | 'isNat' | 'hasState'>> {
  const all = Object.values(ruleSet.stages).flat();
  const chains = all.flatMap((stage) => (stage.kind === 'filter' ? [stage.chain] : stage.kind === 'nat' ? stage.chains : []));
  const isUntracked = isAny(ruleSet, 'untracks') || isAny(ruleSet, 'rewrites');
  return new Map(
    chains.map(({ key, hook, kind, priority }) => [
      key,
      { hook, isNat: kind === 'nat', hasState: !isUntracked && priority > TRACKING.priority },
    ]),
  );
}
