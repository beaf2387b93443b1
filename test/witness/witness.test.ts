// Rule sets of the kinds people have, judged twice: by loopfw, and by a witness with its own namespaces, plain tools and counters.
import { readdirSync, readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import type { ProbeResult, ScenarioResult } from '../../src/model/result.js';
import { loopfw } from '../support/loopfw.js';
import { readResult } from '../support/result.js';
import { getTools } from './counters.js';
import { hearAll, type Testimony } from './judge.js';
import type { WitnessScenario } from './scenario.js';
import { WitnessWorld } from './world.js';

const FOLDER = new URL('sets/', import.meta.url);
const SETS = readdirSync(FOLDER).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
/** Those of every run: IPv4, IPv6 and nft's own. LOOPFW_TEST_WITNESS=all, or names with commas, asks for others. */
const USUAL = ['hairpin', 'nft', 'server6'];
const { LOOPFW_TEST_WITNESS: asked } = process.env;
const sets = asked === 'all' ? SETS : (asked?.split(',') ?? USUAL);
/** The witness makes its namespaces as root. */
const skip = process.getuid?.() === 0 ? false : 'needs root';

t.test('witness', { skip }, async (t) => {
  // A witness waits most of its time.
  t.jobs = 2;
  const ended = await loopfw(['run', '-r', 'json', ...sets.map((set) => `test/witness/sets/${set}.json`)]);
  const { scenarios } = readResult(ended);
  for (const result of scenarios) {
    void t.test(`${result.name} on ${result.backend}`, { buffered: true }, (t) => compare(t, result));
  }
});

/** Compares one run of loopfw with what the witness sees. */
async function compare(t: Test, { file, backend, probes, world: additions }: ScenarioResult): Promise<void> {
  const scenario = JSON.parse(readFileSync(file, 'utf8')) as WitnessScenario;
  const rules = readFileSync(new URL(scenario.ruleset.file, FOLDER), 'utf8');
  t.strictSame(additions?.routes, [], 'the scenario states all routes');
  const witness = await WitnessWorld.make(scenario);
  t.teardown(() => witness.close());
  const tools = getTools(scenario.ruleset.file, backend);
  await witness.world.run(tools.restore, rules);
  const testimonies = await hearAll(witness, tools, rules, scenario);
  t.equal(testimonies.length, probes.length);
  for (const [index, testimony] of testimonies.entries()) {
    const probe = probes[index]!;
    t.strictSame(findDifferences(probe, testimony), [], `${probe.name}: ${testimony.outcome}, ${testimony.causes.join(' or ')}`);
  }
}

/** Where loopfw says something else than the witness, or than the scenario expects. */
function findDifferences({ observed, cause, rule, status, explanation }: ProbeResult, testimony: Testimony): string[] {
  const { outcome, causes, enders, accepts } = testimony;
  const own = rule === null ? null : rule.isPolicy ? `policy ${rule.table} ${rule.chain}` : rule.index;
  const isEnded = enders.length > 0 && cause !== 'service' && cause !== 'no-listener';
  const named = isEnded ? enders : accepts;
  return [
    ...(status === 'passed' ? [] : [`${status}: ${explanation}`]),
    ...(observed?.outcome === outcome ? [] : [`outcome ${observed?.outcome}, the witness saw ${outcome}`]),
    ...(cause !== null && causes.includes(cause) ? [] : [`cause ${cause}, the witness says ${causes.join(' or ')}`]),
    ...((own === null ? !isEnded : named.includes(own)) ? [] : [`rule ${own}, the witness counted ${named.join(', ')}`]),
  ];
}
