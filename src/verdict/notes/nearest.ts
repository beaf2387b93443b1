import type { Note } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import { type Fit, getFit, MOST_MISSES } from './fit.js';
import type { Goal } from './goal.js';
import { getTarget, type Inquiry, makeNote, nameEntry, type NotedRules } from './inquiry.js';
import { isBase, listHooks, listRules, type PlacedRule } from './chains.js';
import { describeBare, describeBefore, describeMisses, describeMove, describeOtherFamily } from './sentences.js';
import { findStanding, type Standing } from './standing.js';
import type { Subject } from './subject.js';
import { canMeet, describeUnmet } from './unmet.js';

/** A rule that would have done what was expected. */
interface Candidate {
  placed: PlacedRule;
  subject: Subject;
  standing: Standing;
  fit: Fit;
}

/** With more rules than these, none is the nearest. */
const MOST_EQUALS = 2;
const WOULD = {
  accepted: 'would accept',
  rejected: 'would reject',
  dropped: 'would drop',
  ended: 'would end',
  rewrote: 'would rewrite',
} satisfies Record<Goal['verb'], string>;

/** Notes on the rules that come nearest to what was expected. */
export function noteNearest(inquiry: Inquiry, goal: Goal, family: Family): Note[] {
  const { rules } = inquiry;
  const doing = listDoing(inquiry, goal, family);
  const candidates = doing.flatMap((placed) => rate(placed, inquiry, goal, family, doing.length === 1) ?? []);
  const whole = candidates.filter(({ fit }) => fit.misses.length === 0);
  const met = whole.find(({ standing }) => standing.kind === 'behind');
  if (met !== undefined) {
    return noteBehind(met, inquiry, goal);
  }
  const [unmet] = whole;
  if (unmet !== undefined) {
    return noteUnmet(unmet, inquiry);
  }
  const near = keepNearest(candidates);
  if (near.length > 0) {
    const where = goal.within === null ? '' : ` of ${goal.within.table} ${goal.within.hook.toUpperCase()}`;
    return near.flatMap(({ placed, subject, fit, standing }) => {
      const before = standing.kind === 'behind' ? `; and ${describeBefore(standing, placed, rules)}` : '';
      const text = `no rule${where} ${goal.verb} ${subject.name}: ${describeMisses(fit, nameMissed(placed, fit, rules))}${before}`;
      return makeNote('nearest', placed, rules, text);
    });
  }
  const other = noteOtherFamily(inquiry, goal, family);
  return other.length > 0 ? other : doing.length === 0 ? noteWithoutTarget(inquiry, goal, family) : [];
}

/** The rules whose targets do what was expected, in the tables where they can. */
function listDoing({ rules }: Inquiry, { targets, within }: Goal, family: Family): PlacedRule[] {
  const read = rules.chains[family];
  return listRules(read).filter(
    ({ rule, chain }) =>
      targets.includes(getTarget(rule, rules)?.name ?? '') &&
      (within === null || (chain.table === within.table && listHooks(chain, read).includes(within.hook.toUpperCase()))),
  );
}

/** null: the rule is not near, or it is not known how near it is. */
function rate(
  placed: PlacedRule,
  { rules, network }: Inquiry,
  { subjects, within }: Goal,
  family: Family,
  isOnly: boolean,
): Candidate | null {
  const read = rules.chains[family];
  const found = subjects.flatMap((subject): Candidate[] => {
    const standing = findStanding(placed, within === null ? subject.visits : [within], read);
    if (standing.kind === 'matched' || standing.kind === 'unreferenced') {
      return [];
    }
    const hooks = listHooks(placed.chain, read);
    const hook =
      standing.kind === 'unvisited'
        ? hooks[0]
        : hooks.find((each) => subject.visits.some((visit) => visit.table === placed.chain.table && visit.hook.toUpperCase() === each));
    const fit = hook === undefined ? null : subject.getFit(placed, hook.toLowerCase());
    if (fit === null || hook === undefined || fit.misses.length > MOST_MISSES) {
      return [];
    }
    const isWhole = fit.misses.length === 0;
    if (standing.kind === 'unvisited') {
      return isWhole && (isOnly || fit.met > 0) && canMeet(placed.chain, hook, subject, network) === false
        ? [{ placed, subject, standing, fit }]
        : [];
    }
    // What the trace says did not match has a condition that is not met. Without one, the rules alone say something else than the trace.
    return isWhole && (standing.kind !== 'behind' || !(isOnly || fit.met > 0)) ? [] : [{ placed, subject, standing, fit }];
  });
  const [best] = found.sort(compareFits);
  return best ?? null;
}

/** Those with the fewest misses, if they are few. */
function keepNearest(candidates: Candidate[]): Candidate[] {
  const [first, ...others] = candidates.sort(compareFits);
  if (first === undefined) {
    return [];
  }
  const equals = [first, ...others.filter((each) => compareFits(each, first) === 0)];
  const own = equals.filter(({ placed }, place) => equals.findIndex((each) => each.placed.rule.entry === placed.rule.entry) === place);
  const isClear =
    first.fit.of === null
      ? false
      : first.fit.misses.length === 1
        ? own.length <= MOST_EQUALS
        : candidates.length === 1 && first.fit.met > 0;
  return isClear ? own : [];
}

function compareFits(one: Candidate, other: Candidate): number {
  const isOfPort = ({ subject, fit }: Candidate) =>
    Number(subject.role === 'answer' && fit.misses.some(({ wants }) => /--[ds]ports? /.test(wants)));
  return one.fit.misses.length - other.fit.misses.length || isOfPort(one) - isOfPort(other) || other.fit.met - one.fit.met;
}

/** `rule 9`, `rule 8, which leads to rule 9,` */
function nameMissed({ rule }: PlacedRule, { of }: Fit, rules: NotedRules): string {
  return of === null || of === rule ? nameEntry(rule, rules) : `${nameEntry(of, rules)}, which leads to rule ${rule.entry},`;
}

function noteBehind({ placed, subject, standing }: Candidate, { rules, result }: Inquiry, { verb }: Goal): Note[] {
  if (standing.kind !== 'behind') {
    return [];
  }
  const move = result.status === 'passed' ? '' : describeMove(standing, placed);
  const text = `${nameEntry(placed.rule, rules)} ${WOULD[verb]} ${subject.name}, but ${describeBefore(standing, placed, rules)}${move}`;
  return makeNote('not-asked', placed, rules, text);
}

function noteUnmet({ placed, subject, standing }: Candidate, { rules, network }: Inquiry): Note[] {
  const [hook] = standing.kind === 'unvisited' ? standing.hooks : [];
  const text = hook === undefined ? null : describeUnmet(placed.chain, hook, subject, network);
  return text === null ? [] : makeNote('other-chain', placed, rules, `${nameEntry(placed.rule, rules)} ${text}`);
}

/** A rule for the other family that would have done it, if no address tells the families apart. */
function noteOtherFamily(inquiry: Inquiry, goal: Goal, family: Family): Note[] {
  const { rules } = inquiry;
  const [subject] = goal.subjects;
  const other = family === 'ipv4' ? 'ipv6' : 'ipv4';
  if (subject === undefined || subject.way === null) {
    return [];
  }
  const { packet, start } = subject.way;
  const found = listDoing(inquiry, { ...goal, within: null }, other).filter(({ rule, chain }) => {
    const isNamed = rule.entry !== null && rules.byIndex.get(rule.entry)?.entries.some((entry) => entry.family === family);
    const hasAddress = rule.conditions.some(({ listParts }) =>
      listParts().some((part) => /^(! )?(-s|-d|--(src|dst)-|--icmp)/.test(part.print())),
    );
    if (isNamed === true || hasAddress || !isBase(chain)) {
      return false;
    }
    const fit = getFit(rule, { packet, place: start });
    return fit !== null && fit.misses.length === 0 && fit.met > 0;
  });
  const [first] = found;
  return first === undefined ? [] : makeNote('other-chain', first, rules, describeOtherFamily(first, subject, family, rules));
}

/** A rule without a target that the request has matched, where no rule does what was expected. */
function noteWithoutTarget({ rules }: Inquiry, { subjects: [subject], verb }: Goal, family: Family): Note[] {
  if (subject === undefined || verb === 'accepted' || verb === 'rewrote') {
    return [];
  }
  const bare = listRules(rules.chains[family]).filter(({ rule }) => rule.then === null && subject.hasMatched(rule));
  const [only] = bare;
  return only === undefined || bare.length > 1 ? [] : makeNote('nearest', only, rules, describeBare(only, subject, rules));
}
