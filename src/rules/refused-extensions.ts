import { RuleError } from './rule-error.js';

/** Targets that iptables has and loopfw does not. A reason stands where it is more than "not yet". */
const TARGETS: Record<string, string | null> = {
  AUDIT: 'it writes to the audit log of the whole machine',
  IDLETIMER: 'its label is global to the whole machine',
  LED: "it switches the machine's own LEDs",
  NFQUEUE: 'without a program that listens to its queue it drops every packet',
  QUEUE: 'without a program that listens to its queue it drops every packet',
  SECMARK: 'it reaches the security policy of the whole machine',
  CONNSECMARK: 'it reaches the security policy of the whole machine',
  SET: 'it needs an ipset, which takes memory of the whole machine',
  ...toUnsupported(
    'CHECKSUM CLASSIFY CLUSTERIP CONNMARK CT DNAT DNPT DSCP ECN HL HMARK LOG MARK MASQUERADE NAT NETMAP NFLOG NOTRACK RATEEST',
    'REDIRECT SNAT SNPT SYNPROXY TCPMSS TCPOPTSTRIP TEE TOS TPROXY TTL ULOG ERROR standard',
  ),
};

const MATCHES: Record<string, string | null> = {
  bpf: 'its --object-pinned reads files of the machine',
  cgroup: "its --path looks into the machine's own control groups",
  nfacct: 'it needs an accounting object of the machine',
  set: 'it needs an ipset, which takes memory of the whole machine',
  ...toUnsupported(
    'addrtype ah cluster connbytes connlabel connlimit connmark cpu dccp devgroup dscp dst ecn esp eui64 frag hashlimit hbh helper hl',
    'icmp icmp6 ipcomp ipv6header ipvs length limit mac mark mh osf owner physdev pkttype policy quota rateest realm recent rpfilter',
    'rt sctp socket srh statistic string tcpmss time tos ttl u32 udp',
  ),
};

/** Options of such extensions that deserve a reason of their own wherever they turn up. */
const OPTIONS: Record<string, string> = {
  '--object-pinned': 'it reads files of the machine',
  '--path': "it looks into the machine's own control groups",
};

function toUnsupported(...names: string[]): Record<string, null> {
  return Object.fromEntries(
    names
      .join(' ')
      .split(' ')
      .map((name) => [name, null]),
  );
}

/** The targets that iptables has and loopfw does not: no chain can have such a name. */
export const OTHER_TARGETS = Object.keys(TARGETS);

/** @throws RuleError with the reason, if iptables has such a target and loopfw does not */
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
  return new RuleError(reason === null ? `${what} is not supported yet` : `${what} is refused: ${reason}`);
}
