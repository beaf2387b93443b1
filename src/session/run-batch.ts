import type { ProbeReply } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import type { Places } from '../world/places.js';
import type { Observer } from './observer.js';
import type { PortAllocator } from './port-allocator.js';
import { runProbe } from './run-probe.js';

/** Runs probes at once, and gives their replies in order. Their connections end when the last of them is decided. */
export async function runBatch(probes: ProbePlan[], ports: PortAllocator, observer: Observer, places: Places): Promise<ProbeReply[]> {
  const running = await Promise.all(probes.map((probe) => runProbe(probe, ports, observer, places)));
  for (const { close } of running) {
    close();
  }
  return running.map(({ reply }) => reply);
}
