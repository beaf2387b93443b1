// Predictions beside what the kernel did, for every probe of scenarios.
import { UNPRIVILEGED_ID } from '../../src/kernel/process/identity.js';
import type { Backend, ProbeResult, Result, ScenarioResult, Step } from '../../src/model/result.js';
import type { ProbeSpec, Scenario } from '../../src/model/scenario.js';
import { unknownFate } from '../../src/predict/conversation/conversation.js';
import type { Fate, KnownFate } from '../../src/predict/conversation/fate.js';
import type { Json } from '../../src/predict/native/json.js';
import { readNativeRuleSets } from '../../src/predict/native/rule-set.js';
import { predict, type Question, trace } from '../../src/predict/predict.js';
import { toNetwork } from '../../src/predict/network.js';
import { readRules, toProbe } from '../../src/predict/scenario.js';

export interface Pair {
  scenario: Scenario;
  backend: string;
  probe: ProbeResult;
  fate: Fate;
  /** What was asked; null if the probe or its world is not modelled. */
  question: Question | null;
}

/**
 * One pair for each probe that was made.
 * @param usual the back end of the rules that name none
 * @param clock when the scenarios began and ended
 * @param listings what nft lists of native rules, by their text
 */
export function pair(
  scenarios: Scenario[],
  usual: Backend,
  { scenarios: results, environment }: Pick<Result, 'scenarios' | 'environment'>,
  clock: Question['clock'] = null,
  listings = new Map<string, Json>(),
): Pair[] {
  const left = [...results];
  const id = environment.rootless ? 0 : UNPRIVILEGED_ID;
  return scenarios.flatMap((scenario) => {
    const place = left.findIndex((result) => result.name === scenario.name);
    const [result] = place === -1 ? [] : left.splice(place, 1);
    return result === undefined ? [] : pairProbes(scenario, result, { usual, clock, id, listings });
  });
}

/** What must be known beside a scenario and its result. */
interface Beside {
  usual: Backend;
  clock: Question['clock'];
  /** The user and the group of loopfw's own clients and servers. */
  id: number;
  listings: Map<string, Json>;
}

function pairProbes(scenario: Scenario, { backend, probes }: ScenarioResult, { usual, clock, id, listings }: Beside): Pair[] {
  const network = toNetwork(scenario);
  let ruleSets = readRules([], usual);
  const isMixed = backend === 'nft+legacy';
  let doubt: string | null = null;
  let sets = 0;
  const ports = new Set<string>();
  const fates = scenario.phases.flatMap(({ ruleSet, batches }) => {
    if (ruleSet !== null) {
      const listing = ruleSet.natives.length === 1 && ruleSet.rules.length === 0 ? listings.get(ruleSet.natives[0]?.text ?? '') : undefined;
      doubt =
        listing === undefined && ruleSet.natives.length > 0
          ? 'a native rule set'
          : isMixed && sets++ > 0
            ? 'the order of two back ends in a later phase'
            : null;
      ruleSets = listing === undefined ? readRules(ruleSet.rules, usual) : readNativeRuleSets(listing, '');
    }
    const [own, why] = [ruleSets, doubt];
    return batches.flat().map((spec) => {
      const isAgainUsed = isAgain(spec, ports);
      const probe = why ?? (isAgainUsed ? 'an older flow' : toProbe(spec, scenario.servers, { user: id, group: id }));
      if (typeof probe === 'string') {
        return { index: spec.index, fate: unknownFate(probe), question: null };
      }
      const isFresh = spec.index === 0 && batches[0]?.length === 1 && ruleSet !== null;
      const question: Question = { ruleSets: own, network, probe, isFresh, clock };
      return { index: spec.index, fate: predict(question), question };
    });
  });
  fates.sort((a, b) => a.index - b.index);
  return fates.length === probes.length
    ? probes.flatMap((probe, place) => {
        const { fate, question } = fates[place]!;
        return probe.observed === null ? [] : [{ scenario, backend, probe, fate, question }];
      })
    : [];
}

/** Whether an earlier probe has used the client's port: connection tracking may know its flow. */
function isAgain({ from, clientPort }: ProbeSpec, ports: Set<string>): boolean {
  const key = `${from} ${clientPort}`;
  const isKnown = clientPort !== null && ports.has(key);
  ports.add(key);
  return isKnown;
}

/** How a prediction and the kernel differ; null if they do not, or if nothing is predicted. */
export function findDifference({ backend, probe, fate }: Pair): string | null {
  if (fate.kind === 'unknown') {
    return null;
  }
  const { rule } = fate;
  const seen = probe.rule;
  // A client may have been refused only when it sent its SYN again: loopfw then names no cause.
  // MASQUERADE drops a packet on lo. The trace of the legacy back end shows only that the packet met the rule.
  const isHidden =
    probe.cause === 'unexplained' ||
    isRejectedOnce(probe) ||
    isEatenUnseen(fate, probe) ||
    (backend === 'legacy' && rule?.table === 'nat' && fate.cause === 'dropped');
  const predicted = [fate.outcome, fate.cause, rule && `${rule.table} ${rule.chain} ${rule.isPolicy ? 'policy' : rule.entry}`];
  const found = [probe.observed?.outcome, probe.cause, seen && `${seen.table} ${seen.chain} ${seen.isPolicy ? 'policy' : seen.index}`];
  const compared = isHidden ? 1 : 3;
  const isSame = JSON.stringify(predicted.slice(0, compared)) === JSON.stringify(found.slice(0, compared));
  return isSame ? (isHidden ? null : findOtherSteps(fate, probe)) : `predicted ${predicted.join(', ')}; kernel ${found.join(', ')}`;
}

/** Whether a rule rejected a SYN, and the SYN passed when it was sent again. loopfw then names the rule, even if the client never got its answer. */
function isRejectedOnce({ journey }: ProbeResult): boolean {
  const syns = journey.filter(({ packet }) => packet.startsWith('tcp syn '));
  const isRejected = syns.map(({ steps }) => steps.some(({ verdict }) => verdict === 'reject'));
  return isRejected[0] === true && isRejected.includes(false);
}

/**
 * Whether a rule in OUTPUT ate the answer of a REJECT to a packet that DNAT had rewritten there. Such an ICMP error is not in the journey: it
 * quotes the packet as it was rewritten.
 */
function isEatenUnseen({ cause }: KnownFate, probe: ProbeResult): boolean {
  return cause === 'answer-eaten' && probe.cause === 'rejected' && probe.journey[0]?.rewrittenTo != null;
}

/** Where the request, or the packet after it, met other rules than predicted. What was guessed may change them. */
function findOtherSteps({ ways, guessed }: KnownFate, { journey }: ProbeResult): string | null {
  const [request, next] = guessed.length > 0 ? [] : journey.filter(({ kind }) => kind !== 'neighbour');
  // A SYN that is sent again has an entry of its own where it met other rules.
  const seen = [request, next?.kind === request?.kind ? undefined : next].filter((each) => each !== undefined);
  const places = seen.map(({ packet, steps }, place) => ({ packet, predicted: print(ways[place]?.steps ?? []), found: print(steps) }));
  const other = places.find(({ predicted, found }) => predicted !== found);
  return other === undefined ? null : `${other.packet}: predicted ${other.predicted}; kernel ${other.found}`;
}

/** The rules among the steps, up to the one that ended the packet: a SYN-ACK that is sent again may continue the same list. */
function print(steps: Step[]): string {
  const end = steps.findIndex(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  const own = end === -1 ? steps : steps.slice(0, end + 1);
  const rules = own.filter(({ rule }) => rule !== null);
  return rules.map(({ hook, table, chain, rule, verdict }) => `${hook} ${table} ${chain} ${rule} ${verdict}`).join(', ');
}

/** How often a prediction is unknown, by kind, the most frequent first: `9 limit, 4 cpu`. */
export function countUnknown(pairs: Pair[]): string {
  const counts = new Map<string, number>();
  for (const { fate } of pairs) {
    for (const why of fate.kind === 'unknown' ? fate.why.slice(0, 1) : []) {
      counts.set(why, (counts.get(why) ?? 0) + 1);
    }
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return sorted.map(([why, count]) => `${count} ${why}`).join(', ');
}

/** What is wrong with predictions, and their figures in one line. */
export function judge(pairs: Pair[]): { differences: string[]; summary: string; unknown: number } {
  const differences = pairs.flatMap((each) => {
    const difference = findDifference(each);
    const { scenario, backend, probe } = each;
    return difference === null ? [] : [`${scenario.name}, ${backend}, #${probe.index} ${probe.from} → ${probe.to}: ${difference}`];
  });
  const unknown = pairs.filter(({ fate }) => fate.kind === 'unknown').length;
  const summary = `${pairs.length} predictions, ${differences.length} differences, ${unknown} unknown: ${countUnknown(pairs)}`;
  return { differences, summary, unknown };
}

/** The matches and targets of the rules that packets met: those of which something was known, and those that were never known. */
export function listModelled(pairs: Pair[]): { known: string[]; unknown: string[] } {
  const known = new Set<string>();
  const doubtful = new Set<string>();
  for (const { question, scenario } of pairs) {
    const entries = scenario.phases[0]?.ruleSet?.rules ?? [];
    for (const { questions, end } of question === null ? [] : trace(question).ways) {
      for (const [place, { entry, answer }] of (questions?.asked ?? []).entries()) {
        const [rule] = entries.find(({ index }) => index === entry)?.entries.flatMap((each) => ('rules' in each ? each.rules : [])) ?? [];
        const isLast = place + 1 === questions?.asked.length;
        const target = rule?.target && `-j ${rule.target.name}`;
        if (answer.kind === 'guessed') {
          doubtful.add(`-m ${answer.match}`);
        } else if (answer.kind === 'missed') {
          known.add(`-m ${answer.by.match}`);
        } else {
          rule?.matches.forEach(({ name }) => known.add(`-m ${name}`));
          (isLast && end.kind === 'unknown' ? doubtful : known).add(String(target));
        }
      }
    }
  }
  return { known: [...known], unknown: [...doubtful].filter((name) => !known.has(name)) };
}

/** What rules have asked of packets: what was not known, and what was known at least once. */
export function listAsked(pairs: Pair[]): { guessed: string[]; answered: string[] } {
  const answers = pairs.flatMap(({ question }) =>
    question === null ? [] : trace(question).ways.flatMap(({ questions }) => (questions?.asked ?? []).map(({ answer }) => answer)),
  );
  const guessed = answers.flatMap((answer) => (answer.kind === 'guessed' ? [String(answer.match)] : []));
  const answered = answers.flatMap((answer) => (answer.kind === 'missed' ? [String(answer.by.match)] : []));
  return { guessed: [...new Set(guessed)], answered: [...new Set(answered)] };
}
