import type { Step } from '../../model/result.js';
import type { ReadChain, ReadRule } from '../../predict/chains/chain.js';
import type { Chains } from './chains.js';

/** A rule that was asked about a packet. */
export interface AskedRule {
  rule: ReadRule;
  chain: ReadChain;
  /** null: it did not match. */
  verdict: Step['verdict'] | null;
}

/** What a packet met of a table at a hook. */
export interface Visit {
  hook: Step['hook'];
  table: string;
  /** In the order in which they were asked. */
  asked: AskedRule[];
}

/**
 * Reads from the steps of a packet which rules were asked about it. The trace names each rule that matched; those in between were asked and
 * did not match. null: the steps do not fit to the rules.
 */
export function readVisits(steps: Step[], chains: Chains): Visit[] | null {
  const visits: Visit[] = [];
  for (const own of splitByTable(steps)) {
    const visit = readVisit(own, chains);
    if (visit === null) {
      return null;
    }
    visits.push(visit);
    if (own.some(({ verdict }) => isEnd(verdict))) {
      break;
    }
  }
  return visits;
}

/** Whether a verdict ends the packet. */
export function isEnd(verdict: Step['verdict'] | null): boolean {
  return verdict === 'drop' || verdict === 'reject';
}

/** Whether a verdict ends the visit to the table. */
export function isFinal(verdict: Step['verdict'] | null): boolean {
  return verdict === 'accept' || isEnd(verdict);
}

/** Up to the end of the packet: a packet that is sent again may continue the same list. */
function splitByTable(steps: Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.[0]?.hook === step.hook && last[0].table === step.table) {
      last.push(step);
    } else {
      groups.push([step]);
    }
  }
  return groups;
}

function readVisit(steps: Step[], { byKey }: Chains): Visit | null {
  const [{ hook, table } = { hook: 'output' as const, table: '' }] = steps;
  const find = (name: string) => byKey.get(`${table} ${name}`);
  const start = find(hook.toUpperCase());
  // The end of a user chain has no rule. A policy may have one, and it is at the end anyway.
  const matched = steps.filter(({ rule }) => rule !== null);
  const asked: AskedRule[] = [];
  if (start === undefined) {
    return matched.length === 0 ? { hook, table, asked } : null;
  }
  const callers: { chain: ReadChain; place: number }[] = [];
  let [chain, next] = [start, 0];
  for (let at = 0; ; at++) {
    const rule = chain.rules[at];
    const back = rule === undefined ? callers.pop() : undefined;
    if (rule === undefined && back === undefined) {
      const left = matched.slice(next);
      const isPolicy = left.length === 1 && left[0]?.rule === start.policy?.entry;
      return left.length === 0 || isPolicy ? { hook, table, asked } : null;
    }
    if (rule === undefined) {
      [chain, at] = [back?.chain ?? start, back?.place ?? 0];
      continue;
    }
    const step = matched[next];
    if (step === undefined || step.chain !== chain.name || step.rule !== rule.entry) {
      asked.push({ rule, chain, verdict: null });
      continue;
    }
    next++;
    const { verdict } = step;
    asked.push({ rule, chain, verdict });
    if (isFinal(verdict)) {
      return isEnd(verdict) || next === matched.length ? { hook, table, asked } : null;
    }
    if (verdict === 'return') {
      const caller = callers.pop();
      // From the chain of the hook itself the policy decides.
      [chain, at] = caller === undefined ? [start, start.rules.length] : [caller.chain, caller.place];
    } else if (verdict === 'jump' || verdict === 'goto') {
      const to = rule.then !== null && 'to' in rule.then ? find(rule.then.to) : undefined;
      if (to === undefined) {
        return null;
      }
      if (verdict === 'jump') {
        callers.push({ chain, place: at });
      }
      [chain, at] = [to, -1];
    }
  }
}
