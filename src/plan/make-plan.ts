import { isHistoryDependent } from '../rules/is-history-dependent.js';
import { layOutChains } from '../rules/lay-out-chains.js';
import { printRestore } from '../rules/print-restore.js';
import type { Patience, Plan } from '../model/plan.js';
import type { ProbeSpec, Scenario, Server } from '../model/scenario.js';

/** Turns a scenario into what the sandbox is told: servers, the text for the restore command, the probes. */
export function makePlan(scenario: Scenario, patience: Patience): Plan {
  const chains = layOutChains(scenario.rules, 'ipv4', true);
  const entries = scenario.rules.flatMap((rule) => rule.entries);
  // Where the answer depends on time, rate, history or chance, a retransmission may fare better than what was lost.
  const mayProve = patience === 'proof' && !chains.some((chain) => chain.lines.some((line) => isHistoryDependent(line.rule)));
  return {
    servers: scenario.servers,
    firewall: { backend: 'nft', family: 'ipv4', restore: printRestore(entries, 'ipv4', true), chains },
    probes: scenario.probes.map(({ index, protocol, from, to, timeoutMs, send, expect }) => ({
      ...{ index, protocol, from, to, timeoutMs, send },
      bannerBytes: Buffer.byteLength(findServer(scenario, to)?.banner ?? ''),
      reply: expect.reply ?? null,
      // A time that the scenario asks for must be measured.
      mayProve: mayProve && expect.afterMs === undefined && expect.withinMs === undefined,
    })),
  };
}

function findServer({ servers }: Scenario, { address, port }: ProbeSpec['to']): Server | undefined {
  return servers.find((server) => server.port === port && (server.address === address || server.address === '0.0.0.0'));
}
