import type { Family, Policy, Rule, Table } from './rule.js';
import type { Backend, RunBackend, Step } from './result.js';
import type { ClientSpec, NftText, Server, WorldSpec } from './scenario.js';

/** One kernel rule at its final place in its chain. */
export interface ChainLine {
  /** The index of its entry in the scenario; null for a rule of loopfw's own. */
  entry: number | null;
  /** The text of the entry. */
  text: string;
  action: RuleAction;
  /** The destination that NAT gives. Missing for other rules. */
  destination?: NatDestination;
  /** Missing if the rule decides a retransmission as it decided the packet. */
  instability?: Instability;
}

/** The new destination that a rule gives to packets: its text (192.0.2.2:80), and the first and the last of its addresses. */
export interface NatDestination {
  text: string;
  first: string;
  last: string;
}

/** What a rule does with a packet. translate: it rewrites the packet and accepts it. */
export type RuleAction = Step['verdict'] | 'translate';

/** Why a rule may decide a retransmission differently, and which packets can match the rule at all. */
export interface Instability {
  kinds: InstabilityKind[];
  /** A packet can match only if it meets all of these. They are the conditions before the first unstable part of the rule. */
  conditions: Condition[];
  /** If the retransmission meets one of these decisions where the packet met the other, the client still gets no answer. */
  harmless: Decision[];
  lasting: Lasting;
}

/**
 * How long what the rule remembers keeps a decision as it is, in seconds from the moment when the world's first rules were applied. 0: not
 * known.
 */
export type Lasting = Record<Decision, number>;

/** Whether a rule matches a packet. */
export type Decision = 'match' | 'miss';

/** The kinds of Stability (rules/extension.ts) for which a retransmission may be decided differently. */
export type InstabilityKind = 'segment' | 'flow' | 'expected' | 'binding' | 'moment' | 'memory';

/** A property that a packet must have, or must not have. A retransmission always has the same one. */
export interface Condition {
  /** port: the source port or the destination port. interface: the incoming or the outgoing interface. */
  of: 'protocol' | 'source' | 'destination' | 'sourcePort' | 'destinationPort' | 'port' | 'icmpType' | 'interface';
  negated: boolean;
  /**
   * The value must be in one of these ranges, including both ends. Values are names, or hexadecimal numbers of equal length, and compare as
   * text.
   */
  ranges: [first: string, last: string][];
}

/** A line outside the sandbox, with the rule to compare with what the kernel returns. */
export interface PlannedLine extends ChainLine {
  rule: Rule;
}

/** An iptables chain with all its rules. */
export interface Chain<Line extends ChainLine = ChainLine> {
  family: Family;
  table: Table;
  name: string;
  /** null for a user chain. */
  policy: { verdict: Policy; /** the index of the -P entry that set it, or null */ entry: number | null } | null;
  lines: Line[];
}

/** A rule set for the kernel. The sandbox gets its lines as JSON, without the parsed rules (sandbox/wire.ts). */
export type KernelRuleSet = IptablesRuleSet | NftRuleSet | MixedRuleSet;

/** A rule set outside the sandbox, with the parsed rule of each line. */
export type PlannedRuleSet = IptablesRuleSet<PlannedLine> | NftRuleSet | MixedRuleSet<PlannedLine>;

/** A rule set for iptables, which takes the rules of each family separately. */
export interface IptablesRuleSet<Line extends ChainLine = ChainLine> {
  kind: 'iptables';
  backend: Backend;
  /** One for each family that the scenario's rules or probes use. */
  families: FamilyRules<Line>[];
  /** Whether loopfw's observer chains are added: routing may end packets of the world. */
  isObserved: boolean;
}

/** The rules of one family: the text for the restore command, and the chains that must exist afterwards. */
export interface FamilyRules<Line extends ChainLine = ChainLine> {
  family: Family;
  restore: string;
  chains: Chain<Line>[];
  /** Whether no rule needs to be read back by its text. */
  isPlain: boolean;
}

/** A native rule set: one text for all families. Its rules are known only after the kernel has taken them. */
export interface NftRuleSet extends NftText {
  kind: 'nft';
  backend: 'nft';
  /** Whether it has a table of arp. The world then asks for its neighbours, as a real machine does. */
  judgesArp: boolean;
  /** Whether the text has rules. The kernel must then have some too. */
  hasRules: boolean;
  /** The name and the text of loopfw's own table, which is applied after the rule set. */
  trace: { table: string; text: string };
  /** Whether loopfw's own table has the observer's chains. */
  isObserved: boolean;
}

/** Rules for iptables and native rules, or those of both back ends, which all judge a packet. */
export interface MixedRuleSet<Line extends ChainLine = ChainLine> {
  kind: 'mixed';
  backend: RunBackend;
  /** What is loaded, in this order. */
  parts: RulePart[];
  /** What the iptables of each back end must hold afterwards. Their own rules are all of `parts`: loopfw adds only its table. */
  tables: { backend: Backend; families: FamilyRules<Line>[] }[];
  /** The name and the text of loopfw's own table, which is applied last. Its mark makes the kernel trace the chains of both back ends. */
  trace: NftRuleSet['trace'];
  /** Whether a native file has a table of arp. */
  judgesArp: boolean;
  isObserved: boolean;
  /** All its rules, for those of each kind. */
  others: OtherRules;
}

/** What must be known of rules whose traits are not known. */
export interface OtherRules {
  /** Whether one of them may give a flow a conntrack helper. */
  assignHelper: boolean;
}

/** Rules that are loaded together. count: the number of their indices. */
export type RulePart =
  | { kind: 'iptables'; backend: Backend; count: number; restores: PartRestore[] }
  | ({ kind: 'nft' } & NftText & Pick<NftRuleSet, 'hasRules'>);

/** The input of a restore command. addsTo: it adds to what earlier parts have loaded (--noflush). */
export interface PartRestore {
  family: Family;
  text: string;
  addsTo: boolean;
}

/** Everything that the sandbox needs to run one probe: what its client does, and facts from the rest of the scenario. */
export interface ProbePlan extends ClientSpec {
  family: Family;
  /** Whether the scenario sets time limits for the probe. */
  isTimed: boolean;
  /** Whether `connected` needs an answer, not only an established connection. */
  needsAnswer: boolean;
  /** How many bytes the server sends first. Bytes after them answer the client. */
  bannerBytes: number;
  /** Whether the server returns the bytes that it receives. The byte count then shows which request an answer belongs to. */
  isEcho: boolean;
  /** Whether its server may be a program. */
  mayMeetProgram: boolean;
  /** The text that the client waits for in the answer; null for none. */
  reply: string | null;
  /** Whether evidence may prove a timeout, so that the client need not wait. */
  provable: boolean;
}

/** The plan of one phase: a rule set to apply, and the probes after it. */
export interface PhasePlan {
  /** null: the rule set of the phase before stays. */
  ruleSet: PlannedRuleSet | null;
  /** Phase.conntrack */
  conntrack: 'keep' | 'flush';
  /** They run one after the other. */
  flows: Flow[];
}

/** Probes that need not wait for each other. */
export interface Flow {
  probes: ProbePlan[];
  /**
   * together: all start at once, and their connections stay open until the last probe is decided.
   * in turn: they start one after the other. A probe that still waits at the next turn of the event loop does not delay the others. Only
   * the waits overlap, so each probe is measured as if it ran alone.
   */
  pace: 'together' | 'in turn';
}

/** The plan of a scenario: everything that the sandbox needs to run it. */
export interface Plan {
  world: WorldSpec;
  servers: Server[];
  /** Whether its TCP clients and servers run by system calls (inside/probe/direct.ts). Otherwise they run in the event loop of Node.js. */
  isDirect: boolean;
  /** The input of `ipset restore`; '' without ipsets. */
  ipsets: string;
  phases: PhasePlan[];
}

/** proof: the client does not wait for a timeout that the evidence proves. full: every client waits up to its own limit. */
export type Patience = 'proof' | 'full';
