import { CLIENT_PORTS } from '../../model/protocols.js';
import type { Family } from '../../model/rule.js';

/** A hook of the kernel's packet path. */
export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

export const HOOKS: readonly Hook[] = ['prerouting', 'input', 'forward', 'output', 'postrouting'];

/** The protocols for which a draft makes a probe. */
export type DraftProtocol = 'tcp' | 'udp' | 'icmp';

/**
 * What a rule asks of a packet, as far as a draft of a scenario needs it. An empty list asks nothing; otherwise one of its values must
 * match. Conditions with `!` are left out.
 */
export interface Conditions {
  inInterfaces: string[];
  outInterfaces: string[];
  /** Addresses and prefixes. */
  sources: string[];
  destinations: string[];
  protocols: DraftProtocol[];
  /** Destination ports. Of a range, the first one. */
  ports: number[];
}

export const NO_CONDITIONS: Conditions = { inInterfaces: [], outInterfaces: [], sources: [], destinations: [], protocols: [], ports: [] };

/**
 * What a rule does. end: a verdict. jump: to a chain. translate: DNAT or REDIRECT; the address is null for the machine itself.
 * masquerade: MASQUERADE or SNAT; the address is SNAT's.
 */
export type Action =
  | { kind: 'end'; drops: boolean }
  | { kind: 'jump'; chain: string }
  | { kind: 'translate'; address: string | null; port: number | null }
  | { kind: 'masquerade'; address: string | null }
  | { kind: 'other' };

export interface RuleWords {
  conditions: Conditions;
  /** The interfaces that `! -o` names. */
  notOutInterfaces: string[];
  /** Whether the first packet of a connection can match. */
  meetsNew: boolean;
  action: Action;
}

export interface ChainWords {
  /** null: both families (inet). */
  family: Family | null;
  /** Names the table: chains of different tables can have the same name. */
  table: string;
  name: string;
  /** null: a chain that others jump to. */
  hook: Hook | null;
  rules: RuleWords[];
}

/** The words of a rule set: its chains, and every name of an interface in it, also behind `!`. */
export interface RuleSetWords {
  chains: ChainWords[];
  interfaces: string[];
}

/** Whether a list of connection states has the state of a first packet. */
export function hasNewState(states: string[]): boolean {
  return states.some((state) => ['new', 'untracked'].includes(state.toLowerCase()));
}

/** Whether a list of source ports has one that clients of probes have. */
export function hasClientPort(lists: string[]): boolean {
  return lists.flatMap((list) => list.split(',')).some((part) => Number(/(\d*)$/.exec(part)?.[1] || 65535) >= CLIENT_PORTS.first);
}

/** The first port of a list such as `137:139,445`, for each of its elements. What is no number is left out. */
export function readFirstPorts(list: string): number[] {
  return list
    .split(',')
    .map((part) => Number(/^\d+/.exec(part.trim())?.[0] ?? 0))
    .filter((port) => port > 0 && port <= 65535);
}

/** Reads the destination of DNAT: `10.0.0.5:80`, `10.0.0.5-10.0.0.9`, `[fd00::5]:80`, `:8080`. */
export function readTranslation(text: string): { address: string | null; port: number | null } {
  const [, bracketed, plain = '', port] =
    /^(?:\[([^\]]*)\]|([\d.]*|[\da-fA-F:]*:[\da-fA-F:]*:[\da-fA-F:]*))(?:-[^:[\]]*)?(?::(\d+).*)?$/.exec(text) ?? [];
  const address = bracketed ?? plain;
  return { address: address === '' ? null : address, port: port === undefined ? null : Number(port) };
}
