// Rule sets of the kinds people have, judged twice: by loopfw, and by a witness with its own namespaces, plain tools and counters.
import { readdirSync, readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import type { ProbeResult, RuleResult, ScenarioResult } from '../../src/model/result.js';
import { loopfw } from '../support/loopfw.js';
import { readResult } from '../support/result.js';
import { getTools } from './counters.js';
import { hearAll, type Testimony } from './judge.js';
import type { WitnessScenario } from './scenario.js';
import { WitnessWorld } from './world.js';

const FOLDER = new URL('sets/', import.meta.url);
const SETS = readdirSync(FOLDER).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
/** The quick ones. LOOPFW_TEST_WITNESS=all, or names with commas, asks for others: all of them take two minutes. */
const QUICK = ['docker', 'openwrt'];
const { LOOPFW_TEST_WITNESS: asked } = process.env;
const sets = asked === 'all' ? SETS : (asked?.split(',') ?? QUICK);
/** The witness makes its namespaces as root. */
const skip = process.getuid?.() === 0 ? false : 'needs root';

t.jobs = 2;
t.test('witness', { skip }, async (t) => {
  t.jobs = 2;
  const ended = await loopfw(['run', '-r', 'json', ...sets.map((set) => `test/witness/sets/${set}.json`)]);
  const { scenarios } = readResult(ended);
  for (const result of scenarios) {
    void t.test(`${result.name} on ${result.backend}`, { buffered: true }, (t) => compare(t, result));
  }
});

/** Compares one run of loopfw with what the witness sees. */
async function compare(t: Test, { file, backend, probes, rules: entries, world: additions }: ScenarioResult): Promise<void> {
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
    const own = getRule(probe, entries);
    t.strictSame(findDifferences(probe, own, testimony), [], `${probe.name}: ${testimony.outcome}, ${testimony.causes.join(' or ')}`);
  }
}

/** The deciding rule as the witness knows it. */
function getRule({ rule }: ProbeResult, entries: RuleResult[]): number | string | null {
  if (rule === null) {
    return null;
  }
  return rule.isPolicy ? `policy ${rule.table} ${rule.chain}` : (entries.find(({ index }) => index === rule.index)?.line ?? rule.text);
}

/** Where loopfw says something else than the witness, or than the scenario expects. */
function findDifferences(
  { observed, cause, status, explanation }: ProbeResult,
  own: number | string | null,
  testimony: Testimony,
): string[] {
  const { outcome, causes, enders, accepts } = testimony;
  const isEnded = enders.length > 0 && cause !== 'service' && cause !== 'no-listener';
  const named = isEnded ? enders : accepts;
  return [
    ...(status === 'passed' ? [] : [`${status}: ${explanation}`]),
    ...(observed?.outcome === outcome ? [] : [`outcome ${observed?.outcome}, the witness saw ${outcome}`]),
    ...(cause !== null && causes.includes(cause) ? [] : [`cause ${cause}, the witness says ${causes.join(' or ')}`]),
    ...((own === null ? !isEnded : named.includes(own)) ? [] : [`rule ${own}, the witness counted ${named.join(', ')}`]),
  ];
}
