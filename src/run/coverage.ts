import { listProbes } from '../input/scenario/probes/list.js';
import type { Backend, RuleResult, ScenarioResult } from '../model/result.js';
import type { RuleSet } from '../model/scenario.js';
import { isForIptables } from '../plan/parts.js';
import { explainUnreached, say, type UnreachedSet } from '../predict/coverage/unreached.js';
import type { Json } from '../predict/native/json.js';
import { readNativeRuleSets } from '../predict/native/rule-set.js';
import { toNetwork } from '../predict/network.js';
import { readRules } from '../predict/scenario.js';
import type { Run } from './runs.js';

/** A rule set and its rules in the result. */
interface CoveredSet {
  ruleSet: RuleSet;
  phase: string | null;
  listing: NativeListing | null;
}

/** What nft lists of native rules, as JSON, and the name of loopfw's own table in it. */
export interface NativeListing {
  text: string;
  ownTable: string;
}

/** Why the rules of a set are not looked at. */
const NOT_READ = {
  mixed: 'not worked out: rules for iptables and native rules judge together',
  later: 'not worked out: rules of two back ends in a later phase',
  unlisted: 'not worked out: nft lists the rules in a way that loopfw does not read',
};

/**
 * Says of each rule that no packet has reached why that is so.
 * @param listings what nft lists of each rule set, in order; null for those without native rules
 */
export function addUnreached(
  { scenario, usual }: Pick<Run, 'scenario' | 'usual'>,
  result: ScenarioResult,
  listings: (NativeListing | null)[],
): ScenarioResult {
  const sets = scenario.phases.flatMap(({ name, ruleSet }) => (ruleSet === null ? [] : [{ ruleSet, phase: name }]));
  const covered = sets.map((set, place): CoveredSet => ({ ...set, listing: listings[place] ?? null }));
  const own = { network: toNetwork(scenario), parties: { servers: scenario.servers, probes: listProbes(scenario) } };
  const rules = covered.flatMap((set, place) => {
    const ofSet = result.rules.filter(({ phase }) => phase === set.phase);
    return explainSet(ofSet, set, place > 0 && result.backend === 'nft+legacy', usual, own);
  });
  return { ...result, rules };
}

function explainSet(
  rules: RuleResult[],
  { ruleSet, listing }: CoveredSet,
  isLaterMix: boolean,
  usual: Backend,
  { network, parties }: Pick<UnreachedSet, 'network' | 'parties'>,
): RuleResult[] {
  const entries = rules.filter(({ packets }) => packets === 0).map(({ index }) => index);
  if (entries.length === 0) {
    return rules;
  }
  const doubt = isLaterMix ? NOT_READ.later : ruleSet.natives.length > 0 && ruleSet.rules.length > 0 ? NOT_READ.mixed : null;
  const ruleSets = doubt !== null ? null : isForIptables(ruleSet) ? readRules(ruleSet.rules, usual) : readListing(listing);
  if (ruleSets === null) {
    const why = doubt ?? NOT_READ.unlisted;
    return rules.map((rule) => (rule.packets === 0 ? { ...rule, unreached: say('unknown', why) } : rule));
  }
  const explained = explainUnreached({ rules: ruleSet.rules, ruleSets, network, parties, entries });
  return rules.map((rule) => {
    const unreached = rule.packets === 0 ? explained.get(rule.index) : undefined;
    return unreached === undefined ? rule : { ...rule, unreached };
  });
}

function readListing(listing: NativeListing | null): ReturnType<typeof readNativeRuleSets> | null {
  return listing === null ? null : readNativeRuleSets(JSON.parse(listing.text) as Json, listing.ownTable);
}
