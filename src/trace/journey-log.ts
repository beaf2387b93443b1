import type { TraceEvent } from '../model/evidence.js';
import type { Step } from '../model/result.js';
import { getHook, getRank } from './hooks.js';
import { parseHeaders } from './parse-headers.js';
import { readStep } from './read-step.js';
import type { RuleIndex } from './rule-index.js';
import type { TracedPacket } from './traced-packet.js';

export interface Endpoint {
  address: string;
  port: number;
}

interface Visit {
  packet: TracedPacket;
  hook: Step['hook'];
}

/**
 * Joins trace events to packets. A packet goes on from one visit of a hook to the next as long as its headers stay the same and its hooks
 * come in their order; else it is another packet (a retransmitted SYN-ACK looks like the first).
 *
 * nft: only the first event of a visit carries headers, the others carry the visit's id, which the kernel uses again and again. Headers
 * open a visit, and replace what their id meant before. legacy: every event carries headers and says its hook.
 */
export class JourneyLog {
  readonly #rules: RuleIndex;
  readonly #visits = new Map<number | null, Visit>();
  readonly #latest = new Map<string, TracedPacket>();
  readonly #flows = new Map<string, TracedPacket[]>();
  readonly #errors = new Map<string, TracedPacket[]>();
  #packets = 0;

  constructor(rules: RuleIndex) {
    this.#rules = rules;
  }

  add(events: TraceEvent[]): void {
    for (const event of events) {
      const visit = event.headers === null ? this.#visits.get(event.id) : this.#visit(event, event.headers);
      const met = visit && readStep(event, visit.hook, this.#rules);
      if (visit && met) {
        meet(visit.packet, met);
      }
    }
  }

  /** Packets between a client and a server, both ways, and the ICMP errors that answer them; oldest first. */
  getPackets(client: Endpoint, server: Endpoint): TracedPacket[] {
    const forth = this.#flows.get(getFlowKey(client, server)) ?? [];
    const back = this.#flows.get(getFlowKey(server, client)) ?? [];
    const found = new Set([...forth, ...back]);
    for (const packet of [...found]) {
      for (const error of this.#errors.get(packet.headers.fingerprint) ?? []) {
        found.add(error);
      }
    }
    return [...found].sort((a, b) => a.number - b.number);
  }

  #visit(event: TraceEvent, raw: NonNullable<TraceEvent['headers']>): Visit | undefined {
    const hook = event.hook ?? getHook(event.chain);
    const headers = parseHeaders(event.family, raw);
    if (hook === null || headers === null) {
      this.#visits.delete(event.id);
      return undefined;
    }
    const rank = getRank(hook, event.table);
    const known = this.#latest.get(headers.key);
    const isKnown = known !== undefined && (known.rank < rank || (known.rank === rank && event.id === null));
    const packet = isKnown ? known : this.#addPacket(headers);
    packet.rank = rank;
    const visit = { packet, hook };
    if (event.id !== null) {
      this.#visits.set(event.id, visit);
    }
    return visit;
  }

  #addPacket(headers: TracedPacket['headers']): TracedPacket {
    const packet: TracedPacket = { number: this.#packets++, headers, steps: [], end: null, accept: null, rank: -1 };
    this.#latest.set(headers.key, packet);
    const source = { address: headers.source, port: headers.sourcePort };
    const destination = { address: headers.destination, port: headers.destinationPort };
    push(this.#flows, getFlowKey(source, destination), packet);
    if (headers.icmp?.embedded) {
      push(this.#errors, headers.icmp.embedded, packet);
    }
    return packet;
  }
}

function meet(packet: TracedPacket, { step, rule }: NonNullable<ReturnType<typeof readStep>>): void {
  packet.steps.push(step);
  if (step.verdict === 'drop' || step.verdict === 'reject') {
    packet.end = { verdict: step.verdict, rule };
  } else if (step.verdict === 'accept' && !rule.text.startsWith('-P ')) {
    packet.accept = rule;
  }
}

function getFlowKey(from: Endpoint, to: Endpoint): string {
  return `${from.address} ${from.port} ${to.address} ${to.port}`;
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}
