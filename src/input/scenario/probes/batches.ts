import { BLOCKING_THREADS, PROTOCOLS } from '../../../model/protocols.js';
import type { ProbeInput } from '../../../model/scenario-file.js';
import type { ProbeSpec } from '../../../model/scenario.js';
import { printEndpoint } from '../../../words/addresses.js';
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
 * Expands a probe to one or more addresses by its `count` and its port range, in the batches in which the probes run. Reports a scenario with too many probes, too
 * many blocking probes in one batch, and a client port that is used twice at once.
 */
export function makeBatches(
  specs: ProbeSpec[],
  place: Place,
  repetition: Repetition,
  lastPort: number | null,
  { opened, made }: EarlierProbes,
): ProbeSpec[][] {
  const [spec] = specs;
  if (spec === undefined) {
    return [];
  }
  const ports = (lastPort ?? spec.to.port) - spec.to.port + 1;
  const count = (repetition.count ?? 1) * ports * specs.length;
  const wasTooMany = made.probes > MOST_PROBES;
  made.probes += count;
  if (made.probes > MOST_PROBES) {
    if (!wasTooMany) {
      place.complain(`with this probe, which stands for ${count}, the scenario has more than ${MOST_PROBES}`);
    }
    return [];
  }
  const batches = repeatProbe(
    specs,
    repetition,
    Array.from({ length: ports }, (_, number) => spec.to.port + number),
  );
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
 * address and port at a time. Of udp it can have only one socket at all.
 */
function getPortProblem(
  { open, protocol }: ProbeSpec,
  port: number,
  batches: ProbeSpec[][],
  opened: EarlierProbes['opened'],
): string | null {
  if (batches.some((batch) => new Set(batch.map(({ to }) => printEndpoint(to.address, to.port))).size < batch.length)) {
    return `the client has the port ${port} for its own, so two of its probes cannot be under way to one server: leave out "parallel", or its port`;
  }
  const { transport } = PROTOCOLS[protocol];
  const isSameTarget = (one: ProbeSpec['to'], other: ProbeSpec['to']) => one.address === other.address && one.port === other.port;
  const isHolder = (opener: ProbeSpec) =>
    opener.clientPort === port &&
    PROTOCOLS[opener.protocol].transport === transport &&
    batches.flat().some(({ from, to }) => from === opener.from && (transport === 'udp' || isSameTarget(to, opener.to)));
  const holder = [...opened].find(([name, opener]) => name !== open && opener !== null && isHolder(opener));
  return holder === undefined
    ? null
    : `the client has the port ${port} for its own, and its open connection ${quote(holder[0])}${transport === 'udp' ? '' : ' to that server'} holds it`;
}

/** Expands a probe by its `count` and its ports. The result has the probes in the batches in which they run. */
function repeatProbe(specs: ProbeSpec[], { count = 1, parallel = 1 }: Repetition, ports: number[]): ProbeSpec[][] {
  const probes = ports.flatMap((port) =>
    Array.from({ length: count }, (_, time) =>
      specs.map((spec) => ({
        ...spec,
        name: [spec.name, ...(ports.length > 1 ? [`port ${port}`] : []), ...(count > 1 ? [`#${time + 1}`] : [])].join(' '),
        to: { ...spec.to, port },
      })),
    ).flat(),
  );
  const size = parallel === true ? probes.length : Number(parallel) * (Number(parallel) > 1 ? specs.length : 1);
  return Array.from({ length: Math.ceil(probes.length / Math.max(1, size)) }, (_, place) => probes.slice(place * size, (place + 1) * size));
}
