import type { ProbeInput } from '../model/scenario-file.js';
import type { ProbeSpec } from '../model/scenario.js';

export type Repetition = Pick<ProbeInput, 'count' | 'parallel'>;

/** Expands a probe by its `count` and its port range. The result has the probes in the batches in which they run. */
export function repeatProbe(spec: ProbeSpec, { count = 1, parallel = 1 }: Repetition, lastPort: number): ProbeSpec[][] {
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
