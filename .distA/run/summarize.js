export function summarize(scenarios, durationMs) {
    const probes = scenarios.flatMap((scenario) => scenario.probes);
    const count = (status) => probes.filter((probe) => probe.status === status).length;
    return {
        scenarios: scenarios.length,
        probes: probes.length,
        passed: count('passed'),
        failed: count('failed'),
        inconclusive: count('inconclusive'),
        errors: count('error'),
        durationMs,
    };
}
