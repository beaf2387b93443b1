import type { Observer } from '../chains/walk.js';
import type { Action, Guess, Verdict } from '../rule/action.js';
import type { Condition, Place } from '../rule/condition.js';
import type { Answer } from '../world/answer.js';
import type { Network } from '../world/network.js';
import { LINK_LOCAL } from '../world/neighbour.js';
import type { End, Ends, Flow, Packet, Ports } from '../world/packet.js';
import { LOOPBACK } from './shape.js';

/** What tells two packets apart in worlds of one shape, as bits: the addresses and the ports of their ends. */
export const SOURCE = 1;
export const DESTINATION = 2;
export const SOURCE_PORT = 4;
export const DESTINATION_PORT = 8;
const ADDRESSES = SOURCE | DESTINATION;
const PORTS = SOURCE_PORT | DESTINATION_PORT;

/** What a condition or an action has answered, and what it has read for it. */
export interface Reading<Answered extends Answer | Verdict = Answer | Verdict> {
  answer: Answered;
  /** Bits of what it has read of the ends of the probe. */
  reads: number;
  /** Whether the answer follows from the packet as it is at this place, and nothing else was read or written. */
  isPure: boolean;
}

/** A condition or an action of a rule. */
export type Part = Condition | Action;

type Ask<Answered> = (packet: Packet, place: Place) => Answered;

/** Is told what a part has read of a packet, if that was anything that tells packets apart. `before` is the packet before it was asked. */
export type Note = (part: Part, reading: Reading, before: Packet, place: Place) => void;

/**
 * Sees what rules read of the ends of a probe. A rule gets a packet that looks like the real one. An address is known by its value, and
 * ports by their identity: NAT and answers pass them on as they are.
 */
export class EndsObserver implements Observer {
  /** Those of the probe. Its ports tell when a rule reads them. */
  readonly ends: Ends;
  readonly #note: Note;
  readonly #getNetwork: () => Network;
  readonly #shown = new WeakMap<object, object>();
  readonly #real = new WeakMap<object, object>();
  #reads = 0;
  #isPure = true;
  #isReading = false;

  constructor({ source, destination }: Ends, getNetwork: () => Network, note: Note = () => undefined) {
    this.ends = {
      source: { address: source.address, ports: source.ports && this.#watch(source.ports, SOURCE_PORT) },
      destination: { address: destination.address, ports: destination.ports && this.#watch(destination.ports, DESTINATION_PORT) },
    };
    this.#getNetwork = getNetwork;
    this.#note = note;
  }

  ask(condition: Condition, packet: Packet, place: Place): Answer {
    return this.#noteReading(condition, packet, place, condition);
  }

  act(action: Action, packet: Packet, place: Place, guess: Guess): Verdict {
    return this.#noteReading(action, packet, place, (shown, shownPlace) => action(shown, shownPlace, this.showGuess(guess)));
  }

  /** Asks about a packet, and sees what is read for the answer. */
  read<Answered extends Answer | Verdict>(ask: Ask<Answered>, packet: Packet, place: Place): Reading<Answered> {
    [this.#reads, this.#isPure, this.#isReading] = [0, true, true];
    const answer = ask(this.#showPacket(packet), this.#showPlace(place));
    this.#isReading = false;
    return { answer, reads: this.#reads, isPure: this.#isPure };
  }

  showGuess(guess: Guess): Guess {
    return (what) => {
      this.#isPure = false;
      return guess(what);
    };
  }

  #noteReading<Answered extends Answer | Verdict>(part: Part, packet: Packet, place: Place, ask: Ask<Answered>): Answered {
    const before = { ...packet, content: { ...packet.content } };
    const reading = this.read(ask, packet, place);
    if (reading.reads !== 0) {
      this.#note(part, reading, before, place);
    }
    return reading.answer;
  }

  #showPacket(packet: Packet): Packet {
    return this.#show(packet, (key, value) => {
      switch (key) {
        case 'source':
        case 'destination':
          return this.#showEnd(value as End);
        case 'content':
          return this.#showContent(value as Packet['content']);
        case 'tracking':
          return typeof value === 'object' ? this.#showTracking(value as Exclude<Packet['tracking'], string>) : value;
        default:
          return value;
      }
    });
  }

  #showPlace(place: Place): Place {
    return this.#show(place, (key, value) => {
      this.#isPure &&= key !== 'memory' && key !== 'client';
      return key === 'client' ? this.#showEnds(value as Place['client']) : key === 'network' ? this.#getNetwork() : value;
    });
  }

  /** The packet that an ICMP error answers has ends, too. */
  #showContent(content: Packet['content']): Packet['content'] {
    return this.#show(content, (key, value) => {
      this.#isPure &&= key !== 'about' || value === null;
      return key === 'about' && value !== null ? this.#showPacket(value as Packet) : value;
    });
  }

  #showTracking(tracking: Exclude<Packet['tracking'], string>): Exclude<Packet['tracking'], string> {
    return this.#show(tracking, (key, value) => {
      this.#isPure &&= key !== 'flow';
      return key === 'flow' ? this.#showFlow(value as Flow) : value;
    });
  }

  #showFlow(flow: Flow): Flow {
    return this.#show(flow, (key, value) => (key === 'original' || key === 'translated' ? this.#showEnds(value as Ends) : value));
  }

  #showEnds<Shown extends Ends>(ends: Shown): Shown {
    return this.#show(ends, (key, value) => (key === 'source' || key === 'destination' ? this.#showEnd(value as End) : value));
  }

  #showEnd(end: End): End {
    return this.#show(end, (key, value) => {
      if (key === 'address') {
        this.#noteAddress(value as string);
      }
      return value;
    });
  }

  /** An address that is none of the probe's may follow from one of them, as the group of a solicitation does. */
  #noteAddress(address: string): void {
    if (!this.#isReading) {
      return;
    }
    if (address === this.ends.source.address) {
      this.#reads |= SOURCE;
    } else if (address === this.ends.destination.address) {
      this.#reads |= DESTINATION;
    } else if (!this.#isCommon(address)) {
      this.#reads |= ADDRESSES;
      this.#isPure = false;
    }
  }

  /** Whether all worlds of the shape have the address. */
  #isCommon(address: string): boolean {
    const { interfaces, listeners } = this.#getNetwork();
    return (
      [...LOOPBACK, LINK_LOCAL].includes(address) ||
      interfaces.some((each) => each.addresses.includes(address) || each.machines.some(({ addresses }) => addresses.includes(address))) ||
      listeners.some((listener) => listener.address === address)
    );
  }

  /** Notes what a rule writes, and returns it without what shows it. Ends that the probe and its world do not have are told apart by all. */
  #noteWritten(value: unknown): unknown {
    this.#isPure = false;
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const real = this.#real.get(value) ?? value;
    if ('address' in real && 'ports' in real) {
      this.#noteEnd(real as End);
    } else if ('source' in real && 'destination' in real) {
      const { source, destination } = real as Ends;
      return { ...real, source: this.#noteWritten(source), destination: this.#noteWritten(destination) };
    }
    return real;
  }

  #noteEnd({ address, ports }: End): void {
    const { source, destination } = this.ends;
    const isOther = ![source.address, destination.address].includes(address) && !this.#isCommon(address);
    this.#reads |= isOther ? ADDRESSES : 0;
    this.#reads |= ports === null || ports === source.ports || ports === destination.ports ? 0 : PORTS;
  }

  #watch(ports: Ports, bit: number): Ports {
    return new Proxy(ports, {
      get: (own, key) => {
        this.#reads |= this.#isReading ? bit : 0;
        return Reflect.get(own, key) as unknown;
      },
    });
  }

  /** Shows an object of the packet to a rule. */
  #show<Shown extends object>(real: Shown, see: (key: string | symbol, value: unknown) => unknown): Shown {
    const known = this.#shown.get(real);
    if (known !== undefined) {
      return known as Shown;
    }
    const shown = new Proxy(real, {
      get: (own, key) => see(key, Reflect.get(own, key)),
      set: (own, key, value) => {
        // An end that is written into is no longer one of those that are known.
        this.#reads |= 'address' in own ? ADDRESSES | PORTS : 0;
        return Reflect.set(own, key, this.#noteWritten(value));
      },
    });
    this.#shown.set(real, shown);
    this.#real.set(shown, real);
    return shown;
  }
}
