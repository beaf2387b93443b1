import type { Backend } from './result.js';
import type { Family } from './rule.js';

export type LimitName =
  'open files' | 'processes' | 'net.core.rmem_max' | 'user.max_user_namespaces' | 'user.max_net_namespaces' | 'user.max_pid_namespaces';

/** What a part of loopfw runs: the rules of a back end, or rule sets for nft itself. */
export type CommandSet = Backend | 'native';

/** What `loopfw doctor` tries. */
export type Capability =
  | { kind: 'namespaces'; rootless: boolean }
  | { kind: 'commands'; set: CommandSet }
  | { kind: 'loopback' }
  | { kind: 'firewall'; backend: Backend; family: Family }
  | { kind: 'native' }
  | { kind: 'icmp' }
  | { kind: 'veth' }
  | { kind: 'limit'; name: LimitName };

/** What became of trying. */
export type Trial =
  | { state: 'works'; detail: string }
  | { state: 'fails'; cause: string; /** each with its reason, the likeliest first */ remedies: string[] }
  | { state: 'untried'; cause: string };

export interface Versions {
  loopfw: string;
  node: string;
  kernel: string;
}

export type Finding =
  | ({ kind: 'versions' } & Versions)
  /** needed: without it loopfw cannot do its work on the nft back end */
  | (Capability & Trial & { needed: boolean });

export interface Examination {
  /** Whether all that the nft back end needs works. */
  usable: boolean;
  /** In the order in which they were tried. */
  findings: Finding[];
}
