import type { ProbeReply } from '../model/evidence.js';
import type { Flow } from '../model/plan.js';
import { runInTurn, MOST_BLOCKING, MOST_UNDER_WAY } from './run-in-turn.js';
import { runTogether } from './run-together.js';
import type { Surroundings } from './run-probe.js';
import { keepReading } from './trace-pace.js';

const PACES = { together: runTogether, 'in turn': runInTurn } satisfies Record<Flow['pace'], unknown>;

/** Runs the probes of a flow when there are enough resources for them. Returns their replies in order. */
export async function runFlow({ probes, pace }: Flow, surroundings: Surroundings): Promise<ProbeReply[]> {
  const blocking = probes.filter((probe) => probe.blocking).length;
  const isInTurn = pace === 'in turn';
  const need = {
    probes: isInTurn ? Math.min(probes.length, MOST_UNDER_WAY) : probes.length,
    blocking: isInTurn ? Math.min(blocking, MOST_BLOCKING) : blocking,
    isKept: probes.some(({ open }) => open !== null),
  };
  const used = await surroundings.allowance.use(need, async () => {
    const stopReading = keepReading(surroundings.observer);
    try {
      return await PACES[pace](probes, surroundings);
    } finally {
      stopReading();
    }
  });
  return 'problem' in used ? probes.map(() => used) : used.value;
}
