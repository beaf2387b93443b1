import type { Family } from '../model/rule.js';
import { Connections } from './world/connections.js';
import { Conversation, type Probe } from './conversation/conversation.js';
import { predictDatagram } from './conversation/datagram.js';
import { type Fate, isSameFate, type KnownFate } from './conversation/fate.js';
import type { Memory, Place } from './rule/condition.js';
import type { Network } from './world/network.js';
import type { Packet } from './world/packet.js';
import type { ReadRule } from './chains/chain.js';
import type { ReadRuleSet } from './chains/rule-set.js';
import type { Observer, Watch } from './chains/walk.js';
import type { Way } from './conversation/way.js';
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
  ways: Way[];
  guessed: string[];
}

/**
 * Predicts what becomes of a probe. What is not known about a packet is tried both ways. It makes the fate unknown only if it changes the
 * fate. A prediction explains; the kernel decides.
 * @param observer sees what the rules read of packets, in each trial
 */
export function predict(question: Question, observer: Observer | null = null): Fate {
  const first = run(question, [], { observer });
  if (first.fate.kind === 'unknown') {
    return first.fate;
  }
  const open = listOthers(first, []);
  for (let trials = 1; open.length > 0; trials++) {
    const answers = open.pop() ?? [];
    const trial = run(question, answers, { observer });
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

/** What becomes of a probe, and what each of its packets was asked. */
export interface Trace {
  fate: Fate;
  /**
   * The packets in the order in which they were sent, also where the fate is not known. `questions.asked` of each has the rules that were
   * asked about it, in this order: whether the rule matched, or the first of its options that the packet did not meet and what the packet has
   * instead. What ended the packet is in `end`. What was not known is taken as not matching; it is marked as guessed.
   */
  ways: Way[];
  /** The chains of the probe's family that no packet has entered, by table and name: `filter FORWARD`. */
  unentered: string[];
}

/** Predicts as predict() does, and tells why each rule that was asked matched or did not. */
export function trace(question: Question): Trace {
  const { ways } = run(question, [], { isTraced: true });
  const entered = new Set(ways.flatMap(({ questions }) => [...(questions?.entered ?? [])]));
  const { chains } = question.ruleSets[question.probe.family];
  return { fate: predict(question), ways, unentered: chains.filter((key) => !entered.has(key)) };
}

/** A rule that was asked about a packet, and the packet as it was then. */
export interface AskedThen {
  rule: ReadRule;
  packet: Packet;
  place: Place;
}

/** A fate, and the rules that were asked about each packet of it, in order. */
export interface Path {
  fate: KnownFate;
  asked: Map<Packet, AskedThen[]>;
}

/**
 * Finds the path that a probe has taken: of all that may become of it, what agrees with the observation. null if nothing does, or if it is
 * not found soon.
 */
export function findPath(question: Question, agrees: (fate: KnownFate) => boolean): Path | null {
  const open: boolean[][] = [[]];
  for (let trials = 0; trials < MOST_TRIALS; trials++) {
    const answers = open.shift();
    if (answers === undefined) {
      return null;
    }
    const trial = run(question, answers);
    if (trial.fate.kind === 'known' && agrees(trial.fate)) {
      return watchPath(question, answers);
    }
    open.push(...listOthers(trial, answers));
  }
  return null;
}

/** Tries a probe again, and notes what was asked about its packets. */
function watchPath(question: Question, answers: boolean[]): Path | null {
  const asked: Path['asked'] = new Map();
  const watch: Watch = (rule, packet, place) => {
    const own = asked.get(packet) ?? [];
    asked.set(packet, own);
    // Rules give a packet other values; the values themselves do not change.
    own.push({ rule, packet: { ...packet }, place });
  };
  const { fate } = run(question, answers, { watch });
  return fate.kind === 'known' ? { fate, asked } : null;
}

/** What a probe did, as far as it is known, and what it cost to find out. */
export interface Reached {
  /** Whether one of its packets certainly matches the rule, whatever is not known. */
  isCertain: boolean;
  /** The packets, where nothing that is not known matches. */
  ways: Way[];
  /** What becomes of the probe, where everything about it is known; otherwise null. */
  fate: KnownFate | null;
  /** The rule as it was last asked; null if it was not. */
  last: AskedThen | null;
  /** The number of rules that were asked. */
  asked: number;
}

/** What a rule that no packet has matched remembers, so that its next packet is its first. */
const UNUSED = ['limit', 'hashlimit', 'a rate', 'quota'];
/** The most answers to what is not known that a probe must hold for. */
const MOST_DOUBTS = 16;

/** Whether a probe certainly makes a packet match a rule that no packet has matched yet. An entry is the rule, or the policy, of a scenario. */
export function reach(question: Question, entry: number): Reached {
  let current: ReadRule | null = null;
  let last: AskedThen | null = null;
  let asked = 0;
  const watch: Watch = (rule, packet, place) => {
    asked++;
    current = rule;
    if (rule.entry === entry) {
      last = { rule, packet: { ...packet }, place };
    }
  };
  const know = (what: string) => (current?.entry === entry && UNUSED.includes(what) ? true : null);
  const isMet = ({ ways }: Trial) => ways.some(({ steps }) => steps.some(({ rule }) => rule === entry));
  const first = run(question, [], { watch, know });
  const found = last;
  const open = isMet(first) ? listOthers(first, []) : [];
  let isCertain = isMet(first);
  for (let trials = 0; isCertain && open.length > 0; trials++) {
    const answers = open.pop() ?? [];
    const trial = run(question, answers, { watch, know });
    isCertain = trials < MOST_DOUBTS && isMet(trial);
    open.push(...listOthers(trial, answers));
  }
  const fate = first.guessed.length === 0 && first.fate.kind === 'known' ? first.fate : null;
  return { isCertain, ways: first.ways, fate, last: found, asked };
}

/** The other answers to what was guessed beyond the answers that were given. */
function listOthers({ guessed }: Trial, given: boolean[]): boolean[][] {
  return guessed.slice(given.length).map((_, place) => [...given, ...Array<boolean>(place).fill(false), true]);
}

/** Who sees a trial, and what is known beforehand of what is not known. */
interface Attention {
  isTraced?: boolean;
  watch?: Watch | null;
  observer?: Observer | null;
  know?: (what: string) => boolean | null;
}

/** Tries a probe with these answers to the first questions, and no to the others. */
function run(
  { ruleSets, network, probe, isFresh, clock }: Question,
  answers: boolean[],
  { isTraced = false, watch = null, observer = null, know = () => null }: Attention = {},
): Trial {
  const guessed: string[] = [];
  const guess = (what: string) => know(what) ?? answers[guessed.push(what) - 1] ?? false;
  const memory = { kept: isFresh ? new Map() : null, seconds: 0, clock };
  const world = { ruleSets, network, connections: new Connections(), client: probe, memory, guess, isTraced, watch, observer };
  const conversation = new Conversation(probe, world);
  const fate = probe.protocol === 'tcp' ? predictTcp(conversation) : predictDatagram(conversation);
  return { fate, ways: conversation.ways, guessed };
}
