import { type ComparedWorld, listTargets } from '../../input/drafts/compared/comparison.js';
import { type ComparedRules, toDocument } from '../../input/drafts/read-rules.js';
import { parseScenarios } from '../../input/scenario/parse.js';
import type { ComparedPacket } from '../../model/insight/diff.js';
import { InternalError } from '../../model/errors.js';
import type { Scenario } from '../../model/scenario.js';
import { isIPv6Text, printEndpoint } from '../../words/addresses.js';
import { withoutExpectations } from './keep.js';
import { WAIT_MS } from './run-whole.js';

/** The port of a server that is there only for the address of its machine. */
export const IDLE_PORT = 7;
export const SERVER = 'server';
/** A packet that needs nothing of a world. */
export const PING_ON_LO: ComparedPacket = {
  ...{ protocol: 'icmp', from: '127.0.0.1', inInterface: null, clientPort: null },
  ...{ to: '127.0.0.1', port: null, outInterface: null, listens: false },
};

/**
 * The scenario of one packet; null if no world can have it.
 * @param rules the rule set; no files: the world without rules
 */
export function makeScenario(packet: ComparedPacket, compared: ComparedWorld, rules: ComparedRules): Scenario | null {
  const { protocol, from, to, port, clientPort, inInterface, outInterface } = packet;
  const target = isIPv6Text(to) ? `[${to}]` : to;
  const served = isServed(packet);
  const idle = port === IDLE_PORT ? IDLE_PORT + 1 : IDLE_PORT;
  const server =
    outInterface === null && !served
      ? null
      : { protocol: protocol === 'icmp' ? 'tcp' : protocol, address: to, port: served ? (port ?? idle) : idle };
  const { document: own, instead } = toDocument(rules);
  const document = {
    ...compared.world,
    ...own,
    servers: {
      ...(server === null ? {} : { [SERVER]: { ...server, ...via(outInterface) } }),
      ...Object.fromEntries(
        findTargets(packet, compared).map((each, place) => [
          `target-${place}`,
          { protocol: each.protocol, address: each.address, port: each.port, ...via(each.via) },
        ]),
      ),
    },
    clients: { client: { address: from, ...via(inInterface), ...(clientPort === null ? {} : { port: clientPort }) } },
    probes: [
      {
        from: 'client',
        to: served ? SERVER : port === null ? `icmp://${target}` : `${protocol}://${printEndpoint(to, port)}`,
        expect: 'connected',
        timeoutMs: WAIT_MS,
      },
    ],
  };
  const [scenario] = parseScenarios(JSON.stringify(document), compared.file, { rulesets: compared.texts, instead }).scenarios;
  return scenario === undefined ? null : withoutExpectations(scenario);
}

/** Whether a server listens for the packet. */
export function isServed({ listens, port }: ComparedPacket): boolean {
  return listens && port !== null;
}

/** The servers to which rules may translate the request. */
export function findTargets({ protocol, to, port, listens }: ComparedPacket, compared: ComparedWorld): ReturnType<typeof listTargets> {
  const targets = port === null || !listens ? [] : listTargets(compared, { protocol, address: to, port });
  return distinct(targets.filter((each) => each.address !== to || each.port !== port));
}

function via(name: string | null): { via?: string } {
  return name === null ? {} : { via: name };
}

function distinct<Item>(items: Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** The only probe of a scenario. */
export function getProbe({ phases }: Scenario) {
  const probe = phases[0]?.batches[0]?.[0];
  if (probe === undefined) {
    throw new InternalError('a scenario without a probe');
  }
  return probe;
}
