import type { Packet, Step } from '../../model/result.js';
import type { ReadChain, ReadRule } from '../../predict/chains/chain.js';
import { Fits, type Moment } from './fit.js';
import type { KnownPath, PredictedWay } from './path.js';
import { listPackets } from './path.js';
import type { Chains, PlacedRule } from './chains.js';
import { isEnd, readVisits, type Visit } from './visit.js';

/** A packet of a probe that notes speak of. */
export class Subject {
  readonly packet: Packet;
  readonly role: 'request' | 'answer' | 'other';
  readonly visits: Visit[];
  /** null: not known. */
  readonly way: PredictedWay | null;
  readonly #chains: Chains;
  readonly #fits = new Map<string, Fits | null>();

  constructor(packet: Packet, role: Subject['role'], visits: Visit[], way: PredictedWay | null, chains: Chains) {
    this.packet = packet;
    this.role = role;
    this.visits = visits;
    this.way = way;
    this.#chains = chains;
  }

  /** `the request`, `the answer (tcp syn-ack)` */
  get name(): string {
    const { protocol, kind } = this.packet;
    const what = kind === 'icmp-error' ? 'an ICMP error' : kind === protocol ? kind : `${protocol} ${kind}`;
    return this.role === 'request' ? 'the request' : `the ${this.role === 'answer' ? 'answer' : 'packet'} (${what})`;
  }

  /** The visit in which it was ended; undefined if it was not. */
  get end(): Visit | undefined {
    return (
      this.visits.find(({ asked }) => isEnd(asked.at(-1)?.verdict ?? null)) ??
      (this.packet.steps.some(({ verdict }) => isEnd(verdict)) ? this.visits.at(-1) : undefined)
    );
  }

  /** Whether it has matched a rule, as the trace says. */
  hasMatched(rule: ReadRule): boolean {
    return this.visits.some(({ asked }) => asked.some((each) => each.rule === rule && each.verdict !== null));
  }

  /** How far a rule fits to it, with what leads to the rule from a hook; null: not known. */
  getFit(placed: PlacedRule, hook: string): ReturnType<Fits['get']> {
    const own = this.way?.asked.find(({ rule, place }) => rule === placed.rule && place.hook === hook);
    const key = own === undefined ? `${placed.chain.table} ${hook}` : null;
    const known = key === null ? undefined : this.#fits.get(key);
    const fits = known === undefined ? this.#makeFits(own ?? this.#getMoment(placed.chain, hook)) : known;
    if (key !== null) {
      this.#fits.set(key, fits);
    }
    return fits?.get(placed) ?? null;
  }

  #makeFits(moment: Moment | null): Fits | null {
    return moment === null ? null : new Fits(this.#chains, moment, (rule) => this.hasMatched(rule));
  }

  /** The packet as it was when its last rule of a table was asked. Where none was: as it came to the hook, or would have come. */
  #getMoment({ table }: ReadChain, hook: string): Moment | null {
    if (this.way === null) {
      return null;
    }
    const { packet, asked, start } = this.way;
    const rules = new Set([...this.#chains.byKey.values()].filter((chain) => chain.table === table).flatMap((chain) => chain.rules));
    const here = asked.findLast(({ rule, place }) => rules.has(rule) && place.hook === hook);
    if (here !== undefined) {
      return here;
    }
    const isEarly = hook === 'prerouting' || hook === 'output';
    const as = isEarly ? (asked[0]?.packet ?? packet) : packet;
    return { packet: as, place: { ...start, hook: hook as Step['hook'], ...this.#getInterfaces(hook) } };
  }

  /** The interfaces of a packet at a hook that it does not meet. */
  #getInterfaces(hook: string): Pick<Moment['place'], 'inInterface' | 'outInterface'> {
    const places = this.way?.asked.map(({ place }) => place) ?? [];
    const inInterface =
      places.find((place) => place.inInterface !== '')?.inInterface ?? (this.role === 'request' ? this.way?.start.inInterface : '') ?? '';
    const outInterface = places.find((place) => place.outInterface !== '')?.outInterface ?? '';
    return hook === 'output' || hook === 'postrouting' ? { inInterface: '', outInterface } : { inInterface, outInterface: '' };
  }
}

/** The packets of a journey whose steps fit to the rules. Empty if those of the request do not. */
export function listSubjects(journey: Packet[], path: KnownPath, chains: Chains): Subject[] {
  const packets = listPackets(journey);
  const [request] = packets;
  if (request === undefined || request !== journey.find(({ kind }) => kind !== 'neighbour')) {
    return [];
  }
  const subjects = packets.flatMap((packet) => {
    const visits = readVisits(packet.steps, chains);
    return visits === null ? [] : [new Subject(packet, getRole(packet, request), visits, path.get(packet) ?? null, chains)];
  });
  return subjects[0]?.packet === request ? subjects : [];
}

function getRole(packet: Packet, request: Packet): Subject['role'] {
  if (packet === request || (packet.kind === request.kind && packet.source === request.source)) {
    return 'request';
  }
  const isAnswer =
    packet.kind === 'icmp-error' || packet.kind === 'syn-ack' || packet.kind === 'echo-reply' || packet.destination === request.source;
  return isAnswer ? 'answer' : 'other';
}
