import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProbeReply } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import { BURST, letServersAccept } from './let-servers-accept.js';
import { runProbe, type DecidedProbe, type Surroundings } from './run-probe.js';
import { waitForCalm } from './wait-for-calm.js';

/** Without privilege the kernel keeps some 330 trace messages (net.core.rmem_max), and a connection makes a dozen. */
const SIP = 16;

/** Runs probes at once, and gives their replies in order. Their connections end when the last of them is decided. */
export async function runTogether(probes: ProbePlan[], surroundings: Surroundings): Promise<ProbeReply[]> {
  if (probes.some(({ isTimed }) => isTimed)) {
    await waitForCalm();
  }
  const running: Promise<DecidedProbe>[] = [];
  for (const [place, probe] of probes.entries()) {
    if (place > 0 && place % BURST === 0) {
      await letServersAccept(probes.slice(place - BURST, place));
    }
    running.push(runProbe(probe, surroundings));
    await sip(place, surroundings);
  }
  const decided = await Promise.all(running);
  for (const [place, probe] of decided.entries()) {
    probe.close();
    await sip(place, surroundings);
  }
  return decided.map(({ reply }) => reply);
}

/** Reads the trace now and then, once what was begun has left. */
async function sip(place: number, { observer }: Surroundings): Promise<void> {
  if (place % SIP === SIP - 1) {
    await nextTurn();
    observer.countPackets();
  }
}
