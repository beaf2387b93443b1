import { RuleError } from '../errors.js';

/** Targets of iptables that loopfw refuses, each with the reason. null: a name that only iptables itself uses. */
const TARGETS: Record<string, string | null> = {
  AUDIT: 'it writes to the audit log of the whole machine',
  IDLETIMER: 'its label is global to the whole machine',
  LED: "it switches the machine's own LEDs",
  NFQUEUE: 'without a program that listens to its queue it drops every packet',
  QUEUE: 'without a program that listens to its queue it drops every packet',
  SECMARK: 'it reaches the security policy of the whole machine',
  CLUSTERIP: 'Linux no longer has it',
  ULOG: 'Linux no longer has it: use NFLOG',
  NAT: 'it is only what nftables calls its own NAT: use SNAT or DNAT',
  TEE: 'its copies are packets that no probe has sent: loopfw could not tell whose they are',
  TPROXY: "it drops what no transparent server takes, and the legacy trace does not show that: use nft's tproxy in a native file",
  SYNPROXY: 'it answers in the place of the server, so that what the client sees says nothing about the rules',
  RATEEST: 'what it estimates goes on for as long as the world, so that no two runs agree',
  ERROR: null,
  standard: null,
};

const MATCHES: Record<string, string> = {
  bpf: 'its --object-pinned reads files of the machine',
  cgroup: "its --path looks into the machine's own control groups",
  ipvs: 'it needs the virtual server of the machine',
  nfacct: 'it needs an accounting object, and a world has none',
  rateest: 'it needs an estimator of -j RATEEST',
};

/** Options that loopfw refuses with a reason of their own, in any match or target. */
const OPTIONS: Record<string, string> = {
  '--object-pinned': 'it reads files of the machine',
  '--timeout': 'it needs a policy of timeouts, and a world has none',
  '--path': "it looks into the machine's own control groups",
  '--nflog-range': 'it never had an effect: use --nflog-size',
  '--next': 'a policy with several elements is not supported',
};

/** Everything of this file that a rule could have, with the reasons. */
export function listRefused(): { what: string; why: string }[] {
  const list = (table: Record<string, string | null>, prefix: string) =>
    Object.entries(table).flatMap(([name, why]) => (why === null ? [] : [{ what: `${prefix}${name}`, why }]));
  return [...list(TARGETS, '-j '), ...list(MATCHES, '-m '), ...list(OPTIONS, '')];
}

/** Targets of iptables that loopfw refuses. A chain cannot have such a name. */
export const OTHER_TARGETS = Object.keys(TARGETS);

export const OTHER_MATCHES = Object.keys(MATCHES);

/** @throws RuleError with the reason, if loopfw refuses this target of iptables */
export function assertNotRefusedTarget(name: string): void {
  if (Object.hasOwn(TARGETS, name)) {
    throw makeError(`target ${name}`, TARGETS[name] ?? null);
  }
}

export function assertNotRefusedMatch(name: string): void {
  if (Object.hasOwn(MATCHES, name)) {
    throw makeError(`-m ${name}`, MATCHES[name] ?? null);
  }
}

export function assertNotRefusedOption(flag: string): void {
  if (Object.hasOwn(OPTIONS, flag)) {
    throw makeError(flag, OPTIONS[flag] ?? null);
  }
}

function makeError(what: string, reason: string | null): RuleError {
  return new RuleError(reason === null ? `${what} cannot be written in a rule` : `${what} is refused: ${reason}`);
}
