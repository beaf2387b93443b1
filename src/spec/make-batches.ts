import type { ProbeSpec } from '../model/scenario.js';
import { quote } from './describe-value.js';
import type { Place } from './place.js';
import { repeatProbe, type Repetition } from './repeat-probe.js';

/** More would be a mistake, and a range of ports makes many. */
const MOST_PROBES = 100_000;
/** Each waits in a thread, of which the sandbox has so many (UV_THREADPOOL_SIZE, in sandbox/launch.ts). */
const MOST_BLOCKING = 64;

/** The probes of a scenario so far. */
export interface EarlierProbes {
  /** Those that leave their connection open, by its name; null for one that something is wrong with. */
  opened: Map<string, ProbeSpec | null>;
  /** How many there are. */
  made: { probes: number };
}

/** The probes that one stands for, in the batches in which they run; reports where that many, or those at once, cannot be. */
export function makeBatches(
  spec: ProbeSpec,
  place: Place,
  repetition: Repetition,
  lastPort: number,
  { opened, made }: EarlierProbes,
): ProbeSpec[][] {
  const count = (repetition.count ?? 1) * (lastPort - spec.to.port + 1);
  const wasTooMany = made.probes > MOST_PROBES;
  made.probes += count;
  if (made.probes > MOST_PROBES) {
    if (!wasTooMany) {
      place.complain(`with this probe, which stands for ${count}, the scenario has more than ${MOST_PROBES}`);
    }
    return [];
  }
  const batches = repeatProbe(spec, repetition, lastPort);
  const atOnce = Math.max(0, ...batches.map((batch) => batch.length));
  if (spec.blocking && atOnce > MOST_BLOCKING) {
    place.complain(
      `${atOnce} blocking clients cannot wait at once, only ${MOST_BLOCKING} can: make "parallel" smaller, or the clients nonblocking`,
    );
  }
  const problem = spec.use === null && spec.clientPort !== null ? getPortProblem(spec, spec.clientPort, batches, opened) : null;
  if (problem !== null) {
    place.complain(problem);
  }
  return batches;
}

/** To a server's port one connection can come from a client's port. */
function getPortProblem(
  { from, to, open }: ProbeSpec,
  port: number,
  batches: ProbeSpec[][],
  opened: EarlierProbes['opened'],
): string | null {
  if (batches.some((batch) => new Set(batch.map((probe) => probe.to.port)).size < batch.length)) {
    return `the client has the port ${port} for its own, so two of its probes cannot be under way to one server: leave out "parallel", or its port`;
  }
  const targets = new Set(batches.flat().map((probe) => probe.to.port));
  const holder = [...opened].find(
    ([name, opener]) =>
      name !== open &&
      opener?.from === from &&
      opener.clientPort === port &&
      opener.to.address === to.address &&
      targets.has(opener.to.port),
  );
  return holder === undefined
    ? null
    : `the client has the port ${port} for its own, and its open connection ${quote(holder[0])} to that server holds it`;
}
