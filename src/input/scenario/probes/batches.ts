import { BLOCKING_THREADS } from '../../../model/limits.js';
import type { ProbeInput } from '../../../model/scenario-file.js';
import type { ProbeSpec } from '../../../model/scenario.js';
import { quote } from '../../../words/phrases.js';
import type { Place } from '../../json/document.js';

/** The most probes of a scenario. More are a mistake; a range of ports easily makes many. */
const MOST_PROBES = 100_000;

type Repetition = Pick<ProbeInput, 'count' | 'parallel'>;

/** The probes of a scenario that have been read so far. */
export interface EarlierProbes {
  /** The probes that leave their connection open, by the connection's name. A null probe has an error. */
  opened: Map<string, ProbeSpec | null>;
  /** The number of probes. */
  made: { probes: number };
}

/**
 * Expands a probe by its `count` and its port range, in the batches in which the probes run. Reports a scenario with too many probes, too
 * many blocking probes in one batch, and a client port that is used twice at once.
 */
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
  if (spec.blocking && atOnce > BLOCKING_THREADS) {
    place.complain(
      `${atOnce} blocking clients cannot wait at once, only ${BLOCKING_THREADS} can: make "parallel" smaller, or the clients nonblocking`,
    );
  }
  const problem = spec.use === null && spec.clientPort !== null ? getPortProblem(spec, spec.clientPort, batches, opened) : null;
  if (problem !== null) {
    place.complain(problem);
  }
  return batches;
}

/**
 * The reason why a client's `port` cannot serve all probes, or null. One client address and port can have only one connection to a server's
 * address and port at a time.
 */
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

/** Expands a probe by its `count` and its port range. The result has the probes in the batches in which they run. */
function repeatProbe(spec: ProbeSpec, { count = 1, parallel = 1 }: Repetition, lastPort: number): ProbeSpec[][] {
  const ports = Array.from({ length: lastPort - spec.to.port + 1 }, (_, place) => spec.to.port + place);
  const probes = ports.flatMap((port) =>
    Array.from({ length: count }, (_, time) => ({
      ...spec,
      name: [spec.name, ...(ports.length > 1 ? [`port ${port}`] : []), ...(count > 1 ? [`#${time + 1}`] : [])].join(' '),
      to: { ...spec.to, port },
    })),
  );
  const size = parallel === true ? probes.length : Number(parallel);
  return Array.from({ length: Math.ceil(probes.length / Math.max(1, size)) }, (_, place) => probes.slice(place * size, (place + 1) * size));
}
