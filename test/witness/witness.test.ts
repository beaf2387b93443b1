// Rule sets of the kinds people have, judged twice: by loopfw, and by a witness with its own namespaces, plain tools and counters.
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import type { ProbeResult } from '../../src/model/result.js';
import { loopfw } from '../support/loopfw.js';
import { readResult } from '../support/result.js';
import { hearAll, type Testimony } from './judge.js';
import { type WitnessScenario, WitnessWorld } from './world.js';

const FOLDER = new URL('sets/', import.meta.url);
const SETS = readdirSync(FOLDER).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
/** Both back ends take turns: a set takes seconds. */
const BACKENDS = [
  { backend: 'nft', restore: 'iptables-nft-restore', save: 'iptables-nft-save' },
  { backend: 'legacy', restore: 'iptables-legacy-restore', save: 'iptables-legacy-save' },
];
/** The witness makes its namespaces as root. */
const skip = process.getuid?.() === 0 ? false : 'needs root';

for (const [place, set] of SETS.entries()) {
  const { backend, restore, save } = BACKENDS[place % BACKENDS.length]!;
  t.test(`${set} on ${backend}`, { skip }, async (t) => {
    const read = (ending: string) => readFileSync(new URL(`${set}${ending}`, FOLDER), 'utf8');
    const rules = read('.rules.v4');
    const scenario = JSON.parse(read('.json')) as WitnessScenario;
    const ended = await loopfw(['run', '-r', 'json', '--backend', backend, `test/witness/sets/${set}.json`]);
    const { probes } = readResult(ended).scenarios[0]!;
    const world = await WitnessWorld.make(scenario);
    t.teardown(() => world.close());
    await world.run(null, [restore], rules);
    const testimonies = await hearAll(world, save, rules, scenario);
    t.equal(testimonies.length, probes.length);
    for (const [index, testimony] of testimonies.entries()) {
      const probe = probes[index]!;
      t.strictSame(findDifferences(probe, testimony), [], `${probe.name}: ${testimony.outcome}, ${testimony.causes.join(' or ')}`);
    }
  });
}

/** Where loopfw says something else than the witness. */
function findDifferences({ observed, cause, rule }: ProbeResult, { outcome, causes, enders, met }: Testimony): string[] {
  const own = rule === null ? null : rule.isPolicy ? `policy ${rule.chain}` : rule.index;
  const isEnded = enders.length > 0 && cause !== 'service' && cause !== 'no-listener';
  const isNamed = isEnded ? own !== null && enders.includes(own) : own === null || met.includes(own);
  return [
    ...(observed?.outcome === outcome ? [] : [`outcome ${observed?.outcome}, the witness saw ${outcome}`]),
    ...(cause !== null && causes.includes(cause) ? [] : [`cause ${cause}, the witness says ${causes.join(' or ')}`]),
    ...(isNamed ? [] : [`rule ${own}, the witness counted ${(isEnded ? enders : met).join(', ')}`]),
  ];
}
