import type { ComparedWorld } from '../../../input/drafts/compared/comparison.js';
import type { ComparedFate, ComparedPacket } from '../../../model/insight/diff.js';
import { InternalError } from '../../../model/errors.js';
import type { ScenarioResult } from '../../../model/result.js';
import { makeScenario } from '../document.js';
import type { Kind } from './kinds.js';
import { readFate } from './prove.js';
import type { Side } from '../rule-sets.js';
import { runWhole } from '../run-whole.js';

export const SIDES = ['before', 'after'] as const;

/** A kind, and the packet that stands for it under the rules after; null: the same one. */
export interface SentKind extends Kind {
  packetAfter: ComparedPacket | null;
}

/** What the kernel showed of a kind. */
export interface Shown {
  kind: SentKind;
  before: ComparedFate | null;
  after: ComparedFate | null;
  results: Record<'before' | 'after', ScenarioResult>;
}

/** Sends the packet of each kind. Where evidence was lost, as on a machine that is busy, once more. */
export async function show(
  kinds: SentKind[],
  sides: Record<'before' | 'after', Side>,
  compared: ComparedWorld,
  signal: AbortSignal,
): Promise<Shown[]> {
  const isSure = ({ before, after }: Shown) => before !== null && after !== null;
  const first = await send(kinds, sides, compared, signal);
  const left = first.filter((shown) => !isSure(shown)).map(({ kind }) => kind);
  const second = left.length === 0 ? [] : await send(left, sides, compared, signal);
  return first.map((shown) => second.find(({ kind }) => kind === shown.kind) ?? shown);
}

/** Sends each packet in two worlds of its own: what one packet leaves behind does not touch another. */
async function send(
  kinds: SentKind[],
  sides: Record<'before' | 'after', Side>,
  compared: ComparedWorld,
  signal: AbortSignal,
): Promise<Shown[]> {
  const scenarios = kinds.flatMap((kind) =>
    SIDES.map(
      (side) =>
        makeScenario(getPacket(kind, side), compared, sides[side].rules) ?? fail('a packet has a world without rules and none with them'),
    ),
  );
  const results = await runWhole(scenarios, { signal, backends: ['nft'] });
  return kinds.map((kind, place): Shown => {
    const [before, after] = [results[place * 2], results[place * 2 + 1]];
    if (before === undefined || after === undefined) {
      return fail('a world without a result');
    }
    return {
      kind,
      before: readFate(before, getPacket(kind, 'before')),
      after: readFate(after, getPacket(kind, 'after')),
      results: { before, after },
    };
  });
}

function fail(message: string): never {
  throw new InternalError(message);
}

function getPacket({ packet, packetAfter }: SentKind, side: 'before' | 'after'): ComparedPacket {
  return side === 'before' ? packet : (packetAfter ?? packet);
}
