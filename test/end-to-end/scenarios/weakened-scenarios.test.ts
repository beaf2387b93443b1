// A scenario that passes without its rules would show nothing.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import t from 'tap';
import { LIBRARY, type LibraryScenario, listRulesets, readLibrary } from '../../support/library.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { type RulesetTexts, weaken } from '../../support/weaken.js';

t.test('a scenario fails without its rules, and with each REJECT turned into ACCEPT', async (t) => {
  const folder = t.testdir();
  const weakened = readLibrary().flatMap((each) => weakenInto(folder, each));
  const ended = await loopfw(['run', '-r', 'json', '--no-advice', folder]);
  t.equal(ended.exitCode, 1, ended.stderr);
  const { scenarios } = readResult(ended);
  t.strictSame(scenarios.map(({ name }) => name).sort(), weakened.sort());
  for (const { name, status, probes } of scenarios) {
    t.match(status, /^(failed|inconclusive)$/, name);
    for (const probe of probes.filter(({ expected }) => expected.cause === 'rejected')) {
      t.not(probe.status, 'passed', `${name}: ${probe.name}`);
    }
  }
});

/** Writes a scenario's weakened forms into a folder of their own there, and gives their names. One without any rule has none. */
function weakenInto(folder: string, { file, scenario }: LibraryScenario): string[] {
  const rulesets: RulesetTexts = {};
  for (const { file: name } of listRulesets(scenario)) {
    rulesets[name] = readFileSync(`${LIBRARY}/${dirname(file)}/${name}`, 'utf8');
  }
  const weakened = (['removed', 'accepting'] as const).flatMap((weakness) => {
    const changed = weaken(scenario, weakness, rulesets);
    return changed === null ? [] : [{ ...changed, name: `${file}: ${scenario.name}: ${weakness}` }];
  });
  if (weakened.length > 0) {
    const own = mkdtempSync(`${folder}/`);
    writeFileSync(`${own}/weakened.json`, JSON.stringify(weakened));
    for (const [name, text] of Object.entries(rulesets)) {
      writeFileSync(`${own}/${name}`, text);
    }
  }
  return weakened.map(({ name }) => name);
}
