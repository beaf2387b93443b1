import type { Step } from '../../model/result.js';
import type { Action, Guess, Jump, Verdict } from '../rule/action.js';
import { getState } from '../matches/shown.js';
import type { Condition, Place } from '../rule/condition.js';
import type { Answer } from '../world/answer.js';
import type { Packet } from '../world/packet.js';
import { type Answered, type Doubt, explain, type Questions } from './asked.js';
import { type ReadChain, type ReadRule, toKey } from './chain.js';

/** A rule or policy that decided: the index of the scenario's entry and its chain. */
export interface Decider {
  /** null for a policy that no entry has set. */
  entry: number | null;
  table: string;
  chain: string;
  isPolicy: boolean;
}

/** How a packet left a chain, or a hook. lost: a rule has changed it, and there is no route for it any more. */
export type Exit =
  | { verdict: 'accept'; /** whether a rule has decided the packet's NAT */ translates: boolean }
  | { verdict: 'drop'; by: Decider }
  | { verdict: 'reject'; by: Decider; with: string }
  | { verdict: 'lost'; /** a route that refuses: prohibit */ isProhibited: boolean }
  | { verdict: 'unknown'; why: string };

/** Is told of each rule that is asked about a packet, before the rule can change it. */
export type Watch = (rule: ReadRule, packet: Packet, place: Place) => void;

/** Asks the conditions of rules and does their actions, and so sees what they read of a packet. */
export interface Observer {
  ask: (condition: Condition, packet: Packet, place: Place) => Answer;
  act: (action: Action, packet: Packet, place: Place, guess: Guess) => Verdict;
}

/** What a packet has met. */
export interface Log {
  steps: Step[];
  /** What it was asked; null if nobody wants to know. */
  questions: Questions | null;
  /** The last ACCEPT rule that it met; never a policy. */
  accepted: Decider | null;
  /** The first rule that gave it another address or port. */
  translated: Decider | null;
  watch: Watch | null;
  observer: Observer | null;
}

/** Where a chain returns to. */
interface Caller {
  chain: ReadChain;
  place: number;
}

/** Leads a packet through a base chain, and the chains of its table to which it leads. */
export function walk(chains: Map<string, ReadChain>, start: ReadChain, packet: Packet, place: Place, guess: Guess, log: Log): Exit {
  const { table } = start;
  const callers: Caller[] = [];
  const note = (chain: ReadChain, rule: number | null, verdict: Step['verdict']) =>
    log.steps.push({ hook: place.hook, table, chain: chain.name, rule, verdict });
  const enter = (chain: ReadChain) => log.questions?.entered.add(toKey(table, chain.name));
  enter(start);
  let chain = start;
  for (let at = 0; ; at++) {
    const rule = chain.rules[at];
    if (rule === undefined) {
      const back = callers.pop();
      if (back === undefined) {
        return leave(start, chain, note);
      }
      note(chain, null, 'return');
      [chain, at] = [back.chain, back.place];
      continue;
    }
    log.watch?.(rule, packet, place);
    const answered = ask(rule, packet, place, guess, log.observer);
    log.questions?.asked.push({
      ...{ hook: place.hook, table, chain: chain.name, entry: rule.entry, state: log.questions.isTracking ? getState(packet) : null },
      answer: explain(answered, packet, place),
    });
    if (!answered.matched) {
      continue;
    }
    const { then } = rule;
    const verdict = then === null ? 'continue' : 'to' in then ? then : act(then.action, packet, place, guess, log.observer);
    if (verdict === 'break') {
      continue;
    }
    if (typeof verdict === 'object' && 'to' in verdict) {
      note(chain, rule.entry, verdict.how);
      if (verdict.how === 'jump') {
        callers.push({ chain, place: at });
      }
      [chain, at] = [chains.get(toKey(table, verdict.to)) ?? chain, -1];
      enter(chain);
      continue;
    }
    note(chain, rule.entry, typeof verdict === 'string' ? verdict : 'reject');
    if (verdict === 'continue') {
      continue;
    }
    if (verdict === 'return') {
      const back = callers.pop();
      if (back === undefined) {
        return leave(start, start, note);
      }
      [chain, at] = [back.chain, back.place];
      continue;
    }
    return end(
      verdict,
      { entry: rule.entry, table, chain: chain.name, isPolicy: false },
      then !== null && 'translates' in then && then.translates,
      log,
    );
  }
}

/**
 * Asks a rule about a packet. What is not known is guessed only if the rule hangs on it, or if a later condition notes only the packets that
 * come to it.
 */
function ask({ conditions }: ReadRule, packet: Packet, place: Place, guess: Guess, observer: Observer | null): Answered {
  let guessed: Doubt | null = null;
  let doubts: Doubt[] = [];
  const settle = () => {
    guessed ??= doubts[0] ?? null;
    const holds = doubts.every(({ what }) => guess(what));
    doubts = [];
    return holds;
  };
  for (const condition of conditions) {
    if (condition.remembers && !settle()) {
      return { matched: false, guessed, missed: condition };
    }
    const answer = observer === null ? condition.ask(packet, place) : observer.ask(condition.ask, packet, place);
    if (answer === false) {
      return { matched: false, guessed: null, missed: condition };
    }
    if (answer !== true) {
      doubts.push({ what: answer.unknown, match: condition.match });
    }
  }
  return { matched: settle(), guessed, missed: null };
}

function act(action: Action, packet: Packet, place: Place, guess: Guess, observer: Observer | null): Verdict {
  return observer === null ? action(packet, place, guess) : observer.act(action, packet, place, guess);
}

/** The end of a hook's own chain: its policy decides. A chain that was reached by goto ends there, too. */
function leave(start: ReadChain, last: ReadChain, note: (chain: ReadChain, rule: number | null, verdict: Step['verdict']) => void): Exit {
  if (last !== start) {
    note(last, null, 'return');
  }
  const { table, name, policy } = start;
  const isDrop = policy?.verdict === 'DROP';
  note(start, policy?.entry ?? null, isDrop ? 'drop' : 'accept');
  return isDrop
    ? { verdict: 'drop', by: { entry: policy.entry, table, chain: name, isPolicy: true } }
    : { verdict: 'accept', translates: false };
}

function end(verdict: Exclude<Verdict, 'continue' | 'return' | 'break' | Jump>, by: Decider, translates: boolean, log: Log): Exit {
  if (verdict === 'accept') {
    if (translates) {
      log.translated ??= by;
    } else {
      log.accepted = by;
    }
    return { verdict, translates };
  }
  if (verdict === 'drop') {
    return { verdict, by };
  }
  return 'reject' in verdict ? { verdict: 'reject', by, with: verdict.reject } : { verdict: 'unknown', why: verdict.unknown };
}
