/** The probes that one stands for, by its `count` and by a range of ports, in the batches in which they run. */
export function repeatProbe(spec, { count = 1, parallel = 1 }, lastPort) {
    const ports = Array.from({ length: lastPort - spec.to.port + 1 }, (_, place) => spec.to.port + place);
    const probes = ports.flatMap((port) => Array.from({ length: count }, (_, time) => ({
        ...spec,
        name: [spec.name, ...(ports.length > 1 ? [`port ${port}`] : []), ...(count > 1 ? [`#${time + 1}`] : [])].join(' '),
        to: { ...spec.to, port },
    })));
    const size = parallel === true ? probes.length : Number(parallel);
    return Array.from({ length: Math.ceil(probes.length / Math.max(1, size)) }, (_, place) => probes.slice(place * size, (place + 1) * size));
}
