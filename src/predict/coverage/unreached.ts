import type { Unreached } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import type { ScenarioRule } from '../../model/scenario.js';
import { findDeadRules } from '../../rules/packets/dead-rules.js';
import { countNoun } from '../../words/phrases.js';
import type { ReadRuleSet } from '../chains/rule-set.js';
import type { Reached } from '../predict.js';
import type { Network } from '../world/network.js';
import { toDigits } from '../../rules/values/address-range.js';
import type { Attempt } from './attempt.js';
import { EndChooser, type Outsider } from './ends.js';
import { type Path, Paths, type Placed } from './paths.js';
import { describeNearest, findNever, findUnsendable } from './reasons.js';
import { type Found, searchProbe } from './search.js';
import { type Parties, suggest } from './suggestion.js';

const FAMILIES: Family[] = ['ipv4', 'ipv6'];
/** How many rules are asked at most, over all tries for a rule set: some seconds. */
const MOST_ASKED = 20_000_000;

/** A rule set, what is around it, and the rules and policies that no packet has reached. */
export interface UnreachedSet {
  /** Those for iptables. */
  rules: ScenarioRule[];
  ruleSets: Record<Family, ReadRuleSet>;
  network: Network;
  parties: Parties;
  entries: number[];
  /** Default: MOST_ASKED. */
  mostAsked?: number;
}

/** A rule for which no probe is suggested. */
export function say(name: Exclude<Unreached['class'], 'missing'>, why: string): Unreached {
  return { class: name, why, probe: null, adds: null };
}

interface Entry {
  placed: { placed: Placed; paths: Path[] }[];
  paths: { placed: Placed; path: Path }[];
}

/** Says of each rule that no packet has reached why that is so, and which probe would reach it. */
export function explainUnreached({
  rules,
  ruleSets,
  network,
  parties,
  entries,
  mostAsked = MOST_ASKED,
}: UnreachedSet): Map<number, Unreached> {
  const paths = { ipv4: new Paths(ruleSets.ipv4, 'ipv4'), ipv6: new Paths(ruleSets.ipv6, 'ipv6') };
  const dead = new Map(findDeadRules(rules).map((rule) => [rule.rule, rule.by]));
  const read = (entry: number): Entry => {
    const placed = FAMILIES.flatMap((family) =>
      paths[family].listPlaced(entry).map((own) => ({ placed: own, paths: paths[family].listPaths(own) })),
    );
    return { placed, paths: placed.flatMap(({ placed: own, paths: all }) => all.map((path) => ({ placed: own, path }))) };
  };
  const nevers = new Map<number, string | null>();
  const getNever = (entry: number): string | null => {
    const known = nevers.get(entry);
    if (known !== undefined) {
      return known;
    }
    nevers.set(entry, null);
    const by = dead.get(entry);
    const why =
      by !== undefined ? `rule ${by} takes every packet that it would` : findNever(read(entry).placed, (lead) => getNever(lead) !== null);
    nevers.set(entry, why);
    return why;
  };
  const found = new Map<number, Found>();
  const left = new Set(entries);
  const budget = { asked: mostAsked };
  const chooser = new EndChooser(network, listOutsiders(parties));
  const onTry = (attempt: Attempt, { ways, fate }: Reached) => {
    for (const rule of fate === null ? [] : ways.flatMap(({ steps }) => steps.flatMap((step) => step.rule ?? []))) {
      if (left.has(rule) && !found.has(rule)) {
        found.set(rule, { attempt, fate });
      }
    }
  };
  const explain = (entry: number): Unreached => {
    const never = getNever(entry);
    if (never !== null) {
      return say('never', never);
    }
    const own = read(entry);
    const need = findUnsendable(own.placed);
    if (need !== null) {
      return say('unsendable', need);
    }
    const known = found.get(entry);
    if (known !== undefined) {
      return suggest(known, ruleSets, parties);
    }
    if (budget.asked <= 0) {
      return say('unknown', `not worked out: the search ends after ${countNoun(mostAsked, 'question')} to rules`);
    }
    const search = searchProbe(entry, own.paths, {
      ruleSets,
      paths,
      chooser,
      budget,
      onTry,
      isWanted: (_, { isCertain }) => isCertain,
      outside: null,
    });
    return search.found === null
      ? say('unknown', describeNearest(search.nearest, search.before))
      : suggest(search.found, ruleSets, parties);
  };
  return new Map(entries.map((entry) => [entry, explain(entry)]));
}

export function listOutsiders({ servers, probes }: Parties): Outsider[] {
  const clients = probes.map(({ from, via }) => ({ address: from, via, isServer: false }));
  const all = [...clients, ...servers.map(({ address, via }) => ({ address, via, isServer: true }))];
  return all.flatMap(({ address, via, isServer }) => (via === null ? [] : [{ address: toDigits(address), via, isServer }]));
}
