import { EnvironmentError } from '../../model/errors.js';
import type { Capability, CommandSet } from '../../model/examination.js';
import type { Backend } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import type { SessionClient } from '../../sandbox/client.js';
import type { Host } from '../../sandbox/machine/host.js';
import { findRemedies } from '../../sandbox/machine/remedies.js';
import { runScenario } from '../run-scenario.js';
import { getDoctorScenario } from './scenarios.js';

/** One capability to try in the sandbox. */
export interface Step {
  capability: Capability;
  needed: boolean;
  /** The commands that the trial needs. */
  commands: CommandSet[];
  remedies: string[];
  /**
   * Tries the capability and describes the result.
   * @throws if the capability does not work
   */
  work: (session: SessionClient) => Promise<string>;
}

/** Kernel modules that the rules of a back end need, for kernels that have them as modules. */
const MODULES = {
  nft: { ipv4: 'nf_tables nft_compat ipt_REJECT xt_tcpudp', ipv6: 'nf_tables nft_compat ip6t_REJECT xt_tcpudp' },
  legacy: {
    ipv4: 'ip_tables iptable_filter iptable_raw xt_TRACE ipt_REJECT xt_tcpudp nfnetlink_log',
    ipv6: 'ip6_tables ip6table_filter ip6table_raw xt_TRACE ip6t_REJECT xt_tcpudp nfnetlink_log',
  },
} satisfies Record<Backend, Record<Family, string>>;

/** All parts of a run inside the sandbox, each after the parts that it needs. */
export function listSteps(host: Host): Step[] {
  const backend = getUsualBackend(host);
  return [
    { capability: { kind: 'loopback' }, needed: true, commands: [], remedies: findRemedies(host.surroundings), work: bringUpLoopback },
    makeFirewallStep('nft', 'ipv4', host),
    makeFirewallStep('nft', 'ipv6', host),
    makeFirewallStep('legacy', 'ipv4', host),
    makeFirewallStep('legacy', 'ipv6', host),
    {
      capability: { kind: 'native' },
      needed: false,
      commands: ['native'],
      remedies: ['modules may be missing: as root on the host, modprobe --all nf_tables nft_reject_inet'],
      work: (session) => runOne('native', 'nft', session),
    },
    {
      capability: { kind: 'ipset' },
      needed: false,
      commands: ['ipset', backend],
      remedies: ['modules may be missing: as root on the host, modprobe --all ip_set ip_set_hash_net xt_set'],
      work: (session) => runOne('ipset', backend, session),
    },
    {
      capability: { kind: 'icmp' },
      needed: true,
      commands: [backend],
      remedies: ['a raw socket takes CAP_NET_RAW: in a container, docker run --cap-add NET_RAW …'],
      work: (session) => runOne('icmp', backend, session),
    },
    {
      capability: { kind: 'veth' },
      needed: false,
      commands: [],
      remedies: ['the module may be missing: as root on the host, modprobe veth'],
      work: addVeth,
    },
    makeFaultStep('hold', 'SYNs were held, and went on'),
    makeFaultStep('end', 'a socket was ended'),
  ];
}

/** Something that faults need. The error of the trial has the remedy. */
function makeFaultStep(part: 'hold' | 'end', detail: string): Step {
  return {
    capability: { kind: 'faults', part },
    needed: false,
    commands: [],
    remedies: [],
    work: async (session) => {
      await session.request({ type: 'open', world: null, servers: [] });
      try {
        await session.request({ type: 'fault-trial', part });
        return detail;
      } finally {
        await session.request({ type: 'close' });
      }
    },
  };
}

function makeFirewallStep(backend: Backend, family: Family, { hasIPv6 }: Host): Step {
  const isLacking = family === 'ipv6' && !hasIPv6;
  return {
    capability: { kind: 'firewall', backend, family },
    // A kernel that was started without IPv6 can still run all scenarios without IPv6.
    needed: backend === 'nft' && !isLacking,
    commands: [backend],
    remedies: [
      isLacking
        ? 'this kernel has no IPv6: start it without ipv6.disable=1'
        : `modules may be missing: as root on the host, modprobe --all ${MODULES[backend][family]}`,
    ],
    work: async (session) => `${await runOne(family, backend, session)}${await describeVersion(backend, session)}`,
  };
}

/** The back end for what works on both: nft, unless only legacy is installed. */
function getUsualBackend({ commands }: Host): Backend {
  const isThere = (backend: Backend) => commands[backend].every((command) => command.isThere);
  return !isThere('nft') && isThere('legacy') ? 'legacy' : 'nft';
}

async function describeVersion(backend: Backend, session: SessionClient): Promise<string> {
  const iptables = await session.request({ type: 'version', backend });
  return iptables === null ? '' : `; iptables ${iptables}`;
}

/** Opens a world, which sets lo up. */
async function bringUpLoopback(session: SessionClient): Promise<string> {
  await session.request({ type: 'open', world: null, servers: [] });
  await session.request({ type: 'close' });
  return 'lo of a new network namespace is up';
}

async function addVeth(session: SessionClient): Promise<string> {
  await session.request({ type: 'open', world: null, servers: [] });
  try {
    await session.request({ type: 'veth' });
  } finally {
    await session.request({ type: 'close' });
  }
  return 'a pair was made';
}

/** Runs a scenario of one probe as `loopfw run` does. It must pass with evidence of the kernel. */
async function runOne(name: Parameters<typeof getDoctorScenario>[0], backend: Backend, session: SessionClient): Promise<string> {
  const scenario = getDoctorScenario(name);
  const { result } = await runScenario(scenario, { usual: backend, backend }, session, { patience: 'proof' });
  const [probe] = result.probes;
  if (result.error !== null || probe === undefined) {
    throw new EnvironmentError(result.error?.message ?? 'no probe was made');
  }
  const { status, observed, cause, evidence, explanation } = probe;
  if (status !== 'passed' || evidence === 'none') {
    throw new EnvironmentError(`${scenario.name}: ${explanation}`);
  }
  return `${scenario.name}: the client saw ${observed?.outcome ?? 'nothing'}, the ${evidence} says ${cause}`;
}
