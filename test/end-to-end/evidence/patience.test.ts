// What is proved is what a client sees that waits to its own limit.
import t from 'tap';
import type { ProbeInput, ScenarioInput } from '../../../src/model/scenario-file.js';
import { readLibrary } from '../../support/library.js';
import { loopfw } from '../../support/loopfw.js';
import { getVerdicts, readResult } from '../../support/result.js';

/** Long enough for what comes at once, short enough for many that wait for nothing. */
const LIMIT_MS = 200;

t.test('full patience gives the same verdicts as proof', async (t) => {
  // Those whose clients wait for a second anyway show nothing here.
  const short = readLibrary()
    .filter(({ scenario: { tags = [], ruleset } }) => ruleset === undefined && !tags.includes('ipv6') && !tags.includes('blocking'))
    .map(({ file, scenario }) => limitTimeouts({ ...scenario, name: `${file}: ${scenario.name}` }));
  const [proof, full] = await Promise.all(
    ['proof', 'full'].map((patience) => loopfw(['run', '-r', 'json', '--patience', patience, '-'], { input: JSON.stringify(short) })),
  );
  t.strictSame(getVerdicts(readResult(full!)), getVerdicts(readResult(proof!)));
  const decided = readResult(full!).scenarios.flatMap(({ probes }) => probes.map((probe) => probe.decided));
  t.strictSame(new Set(decided), new Set(['observed']));
});

/** A cell of a truth table has no time limit to change: it becomes the probe that it stands for. */
function limitTimeouts(scenario: ScenarioInput): ScenarioInput {
  const limit = <Step extends Pick<ScenarioInput, 'probes' | 'matrix'>>({ probes = [], matrix = {}, ...step }: Step) => {
    const cells = Object.entries(matrix).flatMap(([from, row]) => Object.entries(row).map(([to, expect]) => ({ from, to, expect })));
    const limited = [...probes, ...cells].map(limitTimeout);
    return { ...step, ...(limited.length === 0 ? {} : { probes: limited }) };
  };
  return { ...limit(scenario), ...(scenario.phases === undefined ? {} : { phases: scenario.phases.map(limit) }) };
}

/** What an open connection sent while nothing came through arrives with a retransmission, which keeps its own time. */
function limitTimeout(probe: ProbeInput): ProbeInput {
  return probe.use === undefined ? { ...probe, timeoutMs: Math.min(probe.timeoutMs ?? LIMIT_MS, LIMIT_MS) } : probe;
}
