import { isIPv6 } from 'node:net';
import type { Backend, Protocol } from '../model/result.js';
import { UsageError } from '../errors.js';
import { getUnsupported } from '../rules/get-unsupported.js';
import { isHistoryDependent } from '../rules/is-history-dependent.js';
import { layOutChains } from '../rules/lay-out-chains.js';
import { printRestore } from '../rules/print-restore.js';
import type { Firewall, Patience, Plan, ProbePlan, Provable } from '../model/plan.js';
import type { Family } from '../model/rule.js';
import type { ProbeSpec, Scenario, Server } from '../model/scenario.js';

const FAMILIES: Family[] = ['ipv4', 'ipv6'];

/** Matches that ask connection tracking. */
const STATEFUL = ['conntrack', 'state'];

/** What needs more than a connection that stands to be called connected. */
const IS_ANSWER_NEEDED: Record<Protocol, (probe: ProbeSpec) => boolean> = {
  tcp: ({ send }) => send !== null,
  udp: () => true,
  icmp: () => true,
  http: () => true,
};

/** Turns a scenario into what the sandbox is told: servers, the text for the restore commands, the probes. */
export function makePlan(scenario: Scenario, backend: Backend, patience: Patience): Plan {
  const firewalls = FAMILIES.filter((family) => isUsed(scenario, family)).map((family) => makeFirewall(scenario, backend, family));
  const provable = patience === 'full' ? 'nothing' : getProvable(firewalls);
  return { servers: scenario.servers, firewalls, probes: scenario.probes.map((probe) => makeProbePlan(scenario, probe, provable)) };
}

function isUsed({ rules, probes }: Scenario, family: Family): boolean {
  return (
    rules.some(({ entries }) => entries.some((entry) => entry.family === family)) || probes.some((probe) => getFamily(probe) === family)
  );
}

/** @throws UsageError where the back end, which the command line may have chosen, cannot hold a rule */
function makeFirewall({ rules }: Scenario, backend: Backend, family: Family): Firewall {
  const entries = rules.flatMap((rule) => rule.entries).filter((entry) => entry.family === family);
  const chains = layOutChains(rules, family, true);
  for (const { rule, text } of chains.flatMap((chain) => chain.lines)) {
    const problem = getUnsupported(rule, backend);
    if (problem !== null) {
      throw new UsageError(`${text}: ${problem}`);
    }
  }
  return { backend, family, restore: printRestore(entries, family, true), chains };
}

function makeProbePlan(scenario: Scenario, probe: ProbeSpec, provable: Provable): ProbePlan {
  const { index, protocol, from, to, blocking, timeoutMs, send, expect } = probe;
  return {
    ...{ index, protocol, from, to, blocking, timeoutMs, send },
    family: getFamily(probe),
    needsAnswer: IS_ANSWER_NEEDED[protocol](probe),
    bannerBytes: protocol === 'tcp' ? Buffer.byteLength(findServer(scenario, to)?.banner ?? '') : 0,
    reply: expect.reply ?? null,
    // A time that the scenario asks for must be measured.
    provable: expect.afterMs === undefined && expect.withinMs === undefined ? provable : 'nothing',
  };
}

/** Where the answer depends on time, rate, history or chance, a retransmission may fare better than what was lost. */
function getProvable(firewalls: Firewall[]): Provable {
  const rules = firewalls.flatMap(({ chains }) => chains.flatMap((chain) => chain.lines.map((line) => line.rule)));
  if (rules.some(isHistoryDependent)) {
    return 'nothing';
  }
  return rules.some(({ matches }) => matches.some(({ name }) => STATEFUL.includes(name))) ? 'drops' : 'all';
}

function getFamily({ from }: ProbeSpec): Family {
  return isIPv6(from) ? 'ipv6' : 'ipv4';
}

function findServer({ servers }: Scenario, { address, port }: ProbeSpec['to']): Server | undefined {
  return servers.find((server) => server.protocol === 'tcp' && server.port === port && [address, '0.0.0.0', '::'].includes(server.address));
}
