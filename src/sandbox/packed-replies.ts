import type { ProbeProblem, ProbeReply, ProbeReport } from '../model/evidence.js';
import type { FlowReplies } from '../model/message.js';
import type { Packet, Step } from '../model/result.js';

/**
 * Replies as they cross the session. A packet has the number of its steps instead of the steps: the 28,000 packets of 10,000 probes have 21
 * different lists of steps, which would be more than half of the text.
 */
export interface PackedReplies {
  first: number;
  /** Each different list of steps once. */
  steps: Step[][];
  replies: (PackedReport | ProbeProblem)[];
}

interface PackedReport {
  report: Omit<ProbeReport, 'journey'> & { journey: PackedPacket[] };
}

type PackedPacket = Omit<Packet, 'steps'> & { steps: number };

export function packReplies({ first, replies }: FlowReplies): PackedReplies {
  const lists = new StepLists();
  const pack = (packet: Packet): PackedPacket => ({ ...packet, steps: lists.getNumber(packet.steps) });
  return {
    first,
    steps: lists.all,
    replies: replies.map((reply) =>
      'problem' in reply ? reply : { report: { ...reply.report, journey: reply.report.journey.map(pack) } },
    ),
  };
}

/** Packets with the same steps share them afterwards. */
export function unpackReplies({ first, steps, replies }: PackedReplies): FlowReplies {
  const unpack = (packet: PackedPacket): Packet => ({ ...packet, steps: steps[packet.steps] ?? [] });
  return {
    first,
    replies: replies.map((reply): ProbeReply =>
      'problem' in reply ? reply : { report: { ...reply.report, journey: reply.report.journey.map(unpack) } },
    ),
  };
}

/** Numbers lists of steps. Packets share the steps themselves, so equal lists consist of the same objects. */
class StepLists {
  readonly all: Step[][] = [];
  readonly #none: Node = { next: new Map(), number: null };

  getNumber(steps: Step[]): number {
    let node = this.#none;
    for (const step of steps) {
      let next = node.next.get(step);
      if (next === undefined) {
        next = { next: new Map(), number: null };
        node.next.set(step, next);
      }
      node = next;
    }
    node.number ??= this.all.push(steps) - 1;
    return node.number;
  }
}

/** A list of steps, with the lists that have one step more. */
interface Node {
  next: Map<Step, Node>;
  number: number | null;
}
