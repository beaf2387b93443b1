import type { Family } from '../model/rule.js';
import { Connections } from './world/connections.js';
import type { Probe } from './conversation/conversation.js';
import { predictDatagram } from './conversation/datagram.js';
import { type Fate, isSameFate } from './conversation/fate.js';
import type { Memory } from './rule/condition.js';
import type { Network } from './world/network.js';
import type { ReadRuleSet } from './chains/rule-set.js';
import { predictTcp } from './conversation/tcp.js';

/** The most times that a probe is tried with other answers to what is not known. */
const MOST_TRIALS = 64;

/** What is asked: what becomes of a probe in a world with these rules. No earlier flow has its ports. */
export interface Question {
  ruleSets: Record<Family, ReadRuleSet>;
  network: Network;
  probe: Probe;
  /** Whether no packet has met the rules yet. */
  isFresh: boolean;
  clock: Memory['clock'];
}

/** One try, and the questions that were guessed in it. */
interface Trial {
  fate: Fate;
  guessed: string[];
}

/**
 * Predicts what becomes of a probe. What is not known about a packet is tried both ways. It makes the fate unknown only if it changes the
 * fate. A prediction explains; the kernel decides.
 */
export function predict(question: Question): Fate {
  const first = run(question, []);
  if (first.fate.kind === 'unknown') {
    return first.fate;
  }
  const open = listOthers(first, []);
  for (let trials = 1; open.length > 0; trials++) {
    const answers = open.pop() ?? [];
    const trial = run(question, answers);
    const what = trial.guessed[answers.length - 1] ?? '';
    if (trials === MOST_TRIALS) {
      return { kind: 'unknown', why: [what] };
    }
    if (!isSameFate(trial.fate, first.fate)) {
      return { kind: 'unknown', why: trial.fate.kind === 'unknown' ? trial.fate.why : [what] };
    }
    open.push(...listOthers(trial, answers));
  }
  return { ...first.fate, guessed: first.guessed };
}

/** The other answers to what was guessed beyond the answers that were given. */
function listOthers({ guessed }: Trial, given: boolean[]): boolean[][] {
  return guessed.slice(given.length).map((_, place) => [...given, ...Array<boolean>(place).fill(false), true]);
}

/** Tries a probe with these answers to the first questions, and no to the others. */
function run({ ruleSets, network, probe, isFresh, clock }: Question, answers: boolean[]): Trial {
  const guessed: string[] = [];
  const guess = (what: string) => answers[guessed.push(what) - 1] ?? false;
  const memory = { kept: isFresh ? new Map() : null, seconds: 0, clock };
  const world = { ruleSets, network, connections: new Connections(), client: probe, memory, guess };
  return { fate: probe.protocol === 'tcp' ? predictTcp(probe, world) : predictDatagram(probe, world), guessed };
}
