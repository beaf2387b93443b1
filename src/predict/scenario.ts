import type { Backend } from '../model/result.js';
import type { Family } from '../model/rule.js';
import type { ProbeSpec, ScenarioRule, Server } from '../model/scenario.js';
import { CLIENT_PORTS } from '../model/protocols.js';
import { PROTOCOLS } from '../model/protocols.js';
import { layOutChains } from '../rules/chains/layout.js';
import { toDigits } from '../rules/values/address-range.js';
import { getFamily, isWildcard } from '../words/addresses.js';
import type { Probe } from './conversation/conversation.js';
import type { Sender } from './world/packet.js';
import { type Layer, type ReadRuleSet, readRuleSet } from './chains/rule-set.js';

const BACKENDS: Backend[] = ['nft', 'legacy'];
/** The kernel sends a SYN again each second, and a little later (tcp_syn_linear_timeouts). */
const RETRANSMISSION_MS = 1030;
/** What a client of UDP or ICMP sends where the scenario does not say. */
const DEFAULT_PAYLOAD = 'loopfw';

/**
 * Reads the rules for iptables of a phase.
 * @param usual the back end of the rules that name none
 */
export function readRules(rules: ScenarioRule[], usual: Backend): Record<Family, ReadRuleSet> {
  const read = (family: Family) => {
    const layers = BACKENDS.map((backend) => toLayer(rules, backend, usual, family));
    return readRuleSet(layers, family);
  };
  return { ipv4: read('ipv4'), ipv6: read('ipv6') };
}

/** The rules of a back end. In nf_tables each base chain is loaded with its first entry, in the legacy back end the whole table is. */
function toLayer(rules: ScenarioRule[], backend: Backend, usual: Backend, family: Family): Layer {
  const own = rules.filter((rule) => (rule.backend ?? usual) === backend);
  return {
    backend,
    chains: layOutChains(own, family, []),
    getLoaded: (table, chain) =>
      rules.findIndex(
        (rule) =>
          (rule.backend ?? usual) === backend &&
          rule.entries.some((entry) => entry.family === family && entry.table === table && (backend === 'legacy' || entry.chain === chain)),
      ),
  };
}

/**
 * The probe of a scenario, or what of it is not modelled.
 * @param own the user and the group of loopfw's own clients and servers
 */
export function toProbe(
  { protocol, from, via, clientPort, to, send, use, user, timeoutMs, expect }: ProbeSpec,
  servers: Server[],
  own: Exclude<Sender, string>,
): Probe | string {
  if (use !== null) {
    return 'an open connection';
  }
  if (isWildcard(from)) {
    return 'the address of the client';
  }
  const { transport } = PROTOCOLS[protocol];
  const isReading = transport === 'tcp' && expect.reply !== undefined;
  if (isReading && servers.some(({ command }) => command !== null)) {
    return 'what a program answers';
  }
  const ports =
    transport === null
      ? null
      : clientPort === null
        ? ([CLIENT_PORTS.first, CLIENT_PORTS.last] as const)
        : ([clientPort, clientPort] as const);
  return {
    protocol: transport ?? 'icmp',
    family: getFamily(to.address),
    source: { address: toDigits(from), ports },
    destination: { address: toDigits(to.address), ports: transport === null ? null : [to.port, to.port] },
    via,
    payload: protocol === 'tcp' ? send : protocol === 'http' ? 'GET / HTTP/1.1\r\n\r\n' : (send ?? DEFAULT_PAYLOAD),
    attempts: 1 + Math.floor(timeoutMs / RETRANSMISSION_MS),
    ...{ timeoutMs, isReading },
    sender: user === null ? own : { user, group: null },
    server: own,
  };
}
