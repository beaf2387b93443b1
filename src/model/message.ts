import type { Capture, ClosingEvidence, InterfaceCounters, ProbeReply, ProgramJourney } from './evidence.js';
import type { FaultHits, FaultPlan } from './program.js';
import type { Flow, KernelRuleSet, ProbePlan } from './plan.js';
import type { Backend, Observation, WorldAdditions } from './result.js';
import type { Family } from './rule.js';
import type { Server, WorldSpec } from './scenario.js';

/** The requests to a world, one message each. */
export type Request =
  | {
      type: 'open';
      /** null: a world with only lo. */
      world: WorldSpec | null;
      servers: Server[];
      /** Plan.isDirect */
      isDirect?: boolean;
      /** true: the world is the sandbox's own network namespace, which the launcher can enter. Otherwise the world gets a new one. */
      isSandboxsOwn?: true;
    }
  /** Gives all probes of the scenario. Runs each once, except those on the connection of another probe. */
  | { type: 'control'; probes: ProbePlan[] }
  /** Makes the ipsets of the world: the input of `ipset restore`. */
  | { type: 'ipsets'; text: string }
  /** Replaces the rule set that was applied before. */
  | { type: 'apply'; ruleSet: KernelRuleSet }
  /** Deletes all entries of connection tracking, in the world and outside of its interfaces. */
  | { type: 'flush' }
  /** Runs a flow: the next `count` probes from the one with the index `first`. */
  | { type: 'probe'; first: number; count: number; pace: Flow['pace'] }
  /** Runs one probe that is not of the scenario. Its reply does not wait for that of an earlier `ask`, and later requests do not wait for it. */
  | { type: 'ask'; probe: ProbePlan }
  /** Starts to capture all packets of the world. */
  | { type: 'capture' }
  | { type: 'capture-end' }
  /** Reads the evidence of the current rule set. isLast: no probes follow, so the servers may be stopped first. */
  | { type: 'evidence'; isLast: boolean }
  /** Reads all rules that the kernel holds, whoever has made them. legacyTables: those that iptables-legacy has; null: not known. */
  | { type: 'held-rules'; legacyTables: Record<Family, string[]> | null }
  /** Asks nft to list all rules as JSON. */
  | { type: 'listing' }
  /** Reads the counters of the world's interfaces. */
  | { type: 'counters' }
  /** Asks for the version of iptables. */
  | { type: 'version'; backend: Backend }
  /** Makes a pair of virtual interfaces, to test whether that is possible. */
  | { type: 'veth' }
  /** Adds faults to the world. The reply means: those without `after` are in force. */
  | { type: 'faults'; plans: FaultPlan[] }
  /** The program under faults starts: their times count from here on. */
  | { type: 'faults-begin' }
  /** Ends faults by their ids, or all. The reply means: they are not in force any more. */
  | { type: 'heal'; ids: number[] | null }
  /** Reads how many connections each fault has hit so far. */
  | { type: 'fault-hits' }
  /** Asks what became of the connections of programs, from the one with this number on. Only in the world of a program. */
  | { type: 'journeys'; since: number }
  /** Tries once what faults need: that SYNs can be held, or that connections can be ended. */
  | { type: 'fault-trial'; part: 'hold' | 'end' }
  | { type: 'close' };

/** The reply to each type of request. */
export interface Replies {
  open: WorldAdditions;
  control: Observation['outcome'][];
  ipsets: null;
  apply: null;
  flush: null;
  /** It follows the last of the flow's FlowReplies. */
  probe: null;
  ask: ProbeReply;
  capture: null;
  'capture-end': Omit<Capture, 'pcap'> & { base64: string };
  evidence: ClosingEvidence;
  'held-rules': HeldRules;
  listing: string | null;
  counters: InterfaceCounters[];
  version: string | null;
  veth: null;
  faults: null;
  'faults-begin': null;
  heal: null;
  'fault-hits': FaultHits[];
  journeys: { journeys: ProgramJourney[]; /** the number of the next one */ next: number };
  'fault-trial': null;
  close: null;
}

/** All rules that the kernel holds, as its own commands print them. */
export interface HeldRules {
  /** What iptables-save prints, for each back end that is installed and for both families. */
  saves: { backend: Backend; family: Family; text: string }[];
  /** What nft lists, with the tables of iptables and those of loopfw. */
  native: string;
}

/** Replies to probes that follow each other in a flow. A long flow has several of these: the outside reads them while the flow goes on. */
export interface FlowReplies {
  /** The index of the first of these probes. */
  first: number;
  replies: ProbeReply[];
}

/** Answers the requests of one type. `send` sends replies to probes before the reply to the request. */
type Handler<Type extends Request['type']> = (
  request: Extract<Request, { type: Type }>,
  send: (replies: FlowReplies) => void,
) => Promise<Replies[Type]>;

export type Handlers = { [Type in Request['type']]: Handler<Type> };
