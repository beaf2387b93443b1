import type { Unreached } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import type { PacketSet } from '../../rules/packets/packet-set.js';
import type { ReadRuleSet } from '../chains/rule-set.js';
import type { Fate } from '../conversation/fate.js';
import { predict } from '../predict.js';
import type { Network } from '../world/network.js';
import { type Attempt, toQuestion } from './attempt.js';
import { EndChooser } from './ends.js';
import { type Path, Paths, type Placed } from './paths.js';
import { searchProbe } from './search.js';
import { type Parties, suggest } from './suggestion.js';
import { listOutsiders } from './unreached.js';

const FAMILIES: Family[] = ['ipv4', 'ipv6'];
/** How many rules are asked at most for one pair of rule sets: a tenth of a second. */
const MOST_ASKED = 60_000;

type RuleSets = Record<Family, ReadRuleSet>;

/** A rule set, and the ways to its rules. */
interface Searchable {
  ruleSets: RuleSets;
  paths: Record<Family, Paths>;
}

/** A probe that one rule set treats otherwise than another, as the evaluator says. The kernel decides. */
export interface Telling {
  attempt: Attempt;
  /** The probe as text, and what its scenario needs for it. */
  suggestion: Unreached;
}

/** Searches probes that tell a rule set from one in which a rule is changed. */
export class TellingSearch {
  readonly #before: Searchable;
  readonly #parties: Parties;
  readonly #chooser: EndChooser;
  /** The probes that were found for earlier changes: one probe may tell several. */
  readonly #found: Attempt[] = [];

  constructor(before: RuleSets, network: Network, parties: Parties) {
    this.#before = toSearchable(before);
    this.#parties = parties;
    this.#chooser = new EndChooser(network, listOutsiders(parties));
  }

  /**
   * A probe that tells the two apart; null if none was found.
   * @param entry the number of the changed rule or policy in both rule sets
   * @param refuses probes that the kernel has shown not to tell them apart
   */
  find(entry: number, after: RuleSets, refuses: (suggestion: Unreached) => boolean): Telling | null {
    const isTelling = (attempt: Attempt) => isDifferent(attempt, this.#before.ruleSets, after);
    const toTelling = (attempt: Attempt): Telling => {
      const fate = predict(toQuestion(attempt, this.#before.ruleSets));
      const found = { attempt, fate: fate.kind === 'known' ? fate : null };
      return { attempt, suggestion: suggest(found, this.#before.ruleSets, this.#parties) };
    };
    const isWelcome = (attempt: Attempt) => isTelling(attempt) && !refuses(toTelling(attempt).suggestion);
    const known = this.#found.find(isWelcome);
    if (known !== undefined) {
      return toTelling(known);
    }
    const changed = toSearchable(after);
    // What the rule matches in one of the two alone comes first, then everything that it matches.
    const searches: [Searchable, Searchable, boolean][] = [
      [changed, this.#before, true],
      [this.#before, changed, true],
      [this.#before, changed, false],
    ];
    const budget = { asked: MOST_ASKED };
    for (const [own, other, isOutside] of searches) {
      for (const placed of listPaths(own, entry)) {
        const outside = isOutside ? findSet(other, entry, placed.path.family) : null;
        const search = searchProbe(entry, [placed], {
          ...{ ruleSets: own.ruleSets, paths: own.paths, chooser: this.#chooser, budget, outside },
          onTry: () => {},
          isWanted: (attempt, { last, isCertain }) => (isCertain || last !== null) && isWelcome(attempt),
        });
        if (search.found !== null) {
          this.#found.push(search.found.attempt);
          return toTelling(search.found.attempt);
        }
      }
    }
    return null;
  }
}

function toSearchable(ruleSets: RuleSets): Searchable {
  return { ruleSets, paths: { ipv4: new Paths(ruleSets.ipv4, 'ipv4'), ipv6: new Paths(ruleSets.ipv6, 'ipv6') } };
}

function listPaths({ paths }: Searchable, entry: number): { placed: Placed; path: Path }[] {
  return FAMILIES.flatMap((family) =>
    paths[family].listPlaced(entry).flatMap((placed) => paths[family].listPaths(placed).map((path) => ({ placed, path }))),
  );
}

/** What the rule itself matches. */
function findSet({ paths }: Searchable, entry: number, family: Family): PacketSet | null {
  const [placed] = paths[family].listPlaced(entry);
  return placed?.rule?.reach.getSet() ?? null;
}

/** Whether a client sees otherwise, or for another reason. */
function isDifferent({ probe, network }: Attempt, before: RuleSets, after: RuleSets): boolean {
  const [one, other] = [before, after].map((ruleSets): Fate => predict({ ...toQuestion({ probe, network }, ruleSets), isFresh: true }));
  return one?.kind === 'known' && other?.kind === 'known' && (one.outcome !== other.outcome || one.cause !== other.cause);
}
