import type { Family, Policy, Rule, Table } from './rule.js';
import type { Backend, Step } from './result.js';
import type { ClientSpec, Server, WorldSpec } from './scenario.js';

/** One kernel rule, at its final place in its chain. */
export interface ChainLine {
  /** Index of the scenario's entry that it came from; null for a rule of loopfw's own. */
  entry: number | null;
  /** The entry's text. */
  text: string;
  /** What it does with a packet that matches. */
  action: RuleAction;
  /** Left out where a retransmission is decided as the packet was. */
  doubt?: Doubt;
}

/** What a rule does with a packet; translate: it accepts what it has rewritten. */
export type RuleAction = Step['verdict'] | 'translate';

/** Why a rule may decide a retransmission otherwise than the packet, and whom it may meet at all. */
export interface Doubt {
  kinds: DoubtKind[];
  /** A packet meets it only with all of these: what comes before the first thing that is not stable. */
  conditions: Condition[];
}

/** As Stability in rules/extension.ts has them. */
export type DoubtKind = 'segment' | 'flow' | 'expected' | 'binding' | 'moment' | 'memory';

/** One thing that a packet must have, or must not have, and that a retransmission has too. */
export interface Condition {
  /** port: the source's or the destination's. interface: by which it comes or goes. */
  of: 'protocol' | 'source' | 'destination' | 'sourcePort' | 'destinationPort' | 'port' | 'interface';
  negated: boolean;
  /** One of these, ends included. Names, or hexadecimal numbers of one length: they compare as texts. */
  ranges: [first: string, last: string][];
}

/** The same as the outside has it, which holds it against what the kernel gives back. */
export interface PlannedLine extends ChainLine {
  rule: Rule;
}

export interface Chain<Line extends ChainLine = ChainLine> {
  family: Family;
  table: Table;
  name: string;
  /** null for a user chain. */
  policy: { verdict: Policy; /** the -P entry that set it, if one did */ entry: number | null } | null;
  lines: Line[];
}

/** A rule set for the kernel. JSON of its lines goes to the sandbox without their rules (sandbox/wire.ts). */
export type KernelRuleSet = IptablesRuleSet | NftRuleSet;

/** The same as the outside has it. */
export type PlannedRuleSet = IptablesRuleSet<PlannedLine> | NftRuleSet;

/** iptables takes the rules of each family by themselves. */
export interface IptablesRuleSet<Line extends ChainLine = ChainLine> {
  kind: 'iptables';
  backend: Backend;
  /** One for each family that the rules or the probes of the scenario use. */
  families: FamilyRules<Line>[];
}

/** What a family will have: the text for the restore command, and what must be found afterwards. */
export interface FamilyRules<Line extends ChainLine = ChainLine> {
  family: Family;
  restore: string;
  chains: Chain<Line>[];
  /** Whether nothing in it needs to be read back by its text. */
  isPlain: boolean;
}

/** A native rule set: one text for all families. What its rules are is known when the kernel has them. */
export interface NftRuleSet {
  kind: 'nft';
  backend: 'nft';
  /** The file that it comes from, to be named where nft refuses it. */
  file: string;
  /** As the file has it. */
  text: string;
  /** Whether that has rules, so that the kernel must have some too. */
  hasRules: boolean;
  /** loopfw's own table, which follows it, and its text. */
  trace: { table: string; text: string };
}

/** What the sandbox is told of a probe: what its client does, and what follows from the rest of the scenario. */
export interface ProbePlan extends ClientSpec {
  family: Family;
  /** Whether the scenario asks how long it takes. */
  isTimed: boolean;
  /** Whether connected takes more than a connection. */
  needsAnswer: boolean;
  /** How many bytes the server sends by itself: what comes after them answers what the client sent. */
  bannerBytes: number;
  /** Whether the server gives back what it is sent, so that counting tells whose answer it is. */
  isEcho: boolean;
  /** Whether it may come to a server that is a program. */
  mayMeetProgram: boolean;
  /** Text for which the client waits in what it receives. */
  reply: string | null;
  /** Whether it may be decided by proof instead of by waiting. */
  provable: boolean;
}

export interface PhasePlan {
  /** null: as before. */
  ruleSet: PlannedRuleSet | null;
  /** In order, one after the other. */
  flows: Flow[];
}

/** Probes that need not wait for each other. */
export interface Flow {
  probes: ProbePlan[];
  /**
   * together: all at once, and what they have open stays until the last is decided. in turn: one after the other, but one that still waits
   * when the event loop comes round again keeps nobody waiting, so that only the waits overlap and each is measured as if it were alone.
   */
  pace: 'together' | 'in turn';
}

export interface Plan {
  world: WorldSpec;
  servers: Server[];
  phases: PhasePlan[];
}

/** proof: a timeout that the evidence proves is not waited for. full: every client waits to its own limit. */
export type Patience = 'proof' | 'full';
