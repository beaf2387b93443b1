import type { InstabilityKind } from './plan.js';
import type { Family } from './rule.js';

/** A command that runs in a world with the caller's terminal. */
export interface Program {
  command: string;
  args: string[];
  /** The complete environment. */
  env: Record<string, string>;
}

/** How a program ended: an exit code or a signal. */
export interface ProgramEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Why it could not start; null if it started. */
  problem: string | null;
}

/** What a fault does to connections. plan/faults/table.ts has a row for each. */
export type FaultKind =
  | 'refused'
  | 'dropped'
  | 'answer-eaten'
  | 'host-unreachable'
  | 'net-unreachable'
  | 'admin-prohibited'
  | 'proto-unreachable'
  | 'reset-established'
  | 'blackhole-established'
  | 'half-open'
  | 'reply-lost'
  | 'mtu-blackhole'
  | 'closed-after';

/** The peers whose connections have a fault. */
export interface FaultTarget {
  protocol: FaultProtocol;
  /** One for each address. The address null stands for every address of the family. */
  hosts: { family: Family; address: string | null }[];
  /** The first and the last port; null for every port. */
  ports: { first: number; last: number } | null;
}

export type FaultProtocol = 'tcp' | 'udp';

/** A fault for a program under test. */
export interface Fault {
  /** As it was typed: `refused=127.0.0.2:5432,after=1s`. */
  text: string;
  kind: FaultKind;
  target: FaultTarget;
  /** When it begins, from the start of the program. */
  afterMs: number;
  /** How long it lasts; null: to the end. */
  forMs: number | null;
  selection: FaultSelection;
  /** Whether connections that exist when it begins go on unchanged. */
  keepsLive: boolean;
  /** How many bytes the server sends before `closed-after`; null for other kinds. */
  bytes: number | null;
}

/** Which of the connections have the fault. */
export interface FaultSelection {
  /** Only that many; null for all. */
  first: number | null;
  /** Each with this probability; null for all. */
  chance: number | null;
}

/** What becomes of the connections that exist when a fault begins. */
export type StandingAction =
  /** They are ended: their clients see ECONNRESET. */
  | 'end'
  /** They are ended, and their clients are not told. */
  | 'end-silently'
  /** No packet of them arrives any more. */
  | 'silence'
  /** They have the fault, as new ones have, and count when it hits them. */
  | 'choose';

/** Everything that the inside needs to put a fault into force, and to heal it. */
export interface FaultPlan extends Pick<Fault, 'target' | 'afterMs' | 'forMs' | 'selection'> {
  id: number;
  /** The typed text, for messages. */
  text: string;
  /** Addresses that the world must have. */
  addresses: string[];
  /** Whether a SYN must be held for a moment, so that a client learns of an ICMP error at once. */
  isHeld: boolean;
  /** Whether connection tracking must count bytes. */
  countsBytes: boolean;
  /** Commands of nft that make the objects of the fault, and those that delete them. */
  put: string[];
  remove: string[];
  /** The chain that incoming packets pass, and the counter of its connections. */
  chain: string;
  counter: string;
  ends: FaultEnd;
  /** null: existing connections need nothing of their own. */
  standing: {
    action: StandingAction;
    selection: FaultSelection;
    /** the names of its sets of connections */ sets: Record<Family, string>;
  } | null;
}

/** How a fault ends packets. */
export interface FaultEnd {
  verdict: 'drop' | 'reject';
  /** Why a packet that is sent again may pass; null if it meets the same end. */
  instability: InstabilityKind | null;
}

/** How many connections a fault has had an effect on. */
export interface FaultHits {
  id: number;
  connections: number;
}
