// The lines that mistakes are shown with: of what was named, never of what a link leads to.
import { mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loadScenarios } from '../../src/input/load-scenarios.js';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import { SpecError } from '../../src/model/errors.js';

const PROBES = '"probes": [{ "from": "127.0.0.1", "to": "tcp://127.0.0.2:9", "expect": "closed" }]';
const SCENARIO = `{ "name": "x",\n  "ruleset": { "file": "rules.v4" },\n  ${PROBES} }`;
const RULES = '*filter\n-A INPUT -j SECRET\nCOMMIT\n';

async function makeFolder(): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'loopfw-lines-')));
  await mkdir(join(folder, 'private'));
  await mkdir(join(folder, 'suite'));
  writeFileSync(join(folder, 'private/token.json'), '{ "name": "SECRET", "nmae": 1 }');
  writeFileSync(join(folder, 'private/rules.v4'), RULES);
  return folder;
}

async function listSources(paths: string[], rulesets: string[] = []): Promise<(string | undefined)[]> {
  try {
    await loadScenarios(paths, { rulesets });
  } catch (error) {
    if (error instanceof SpecError) {
      return error.diagnostics.map(({ source }) => source);
    }
    throw error;
  }
  return [];
}

t.test('a scenario, its rule set, a rule set of the command line, and a text that was given', async (t) => {
  const folder = await makeFolder();
  const scenario = join(folder, 'suite/a.json');
  writeFileSync(scenario, SCENARIO.replace('"closed"', '"clsoed"'));
  writeFileSync(join(folder, 'suite/rules.v4'), RULES);
  t.strictSame(await listSources([scenario]), [`  ${PROBES.replace('"closed"', '"clsoed"')} }`, '-A INPUT -j SECRET']);
  t.strictSame(await listSources([join(folder, 'private/token.json')]).then(([first]) => first), '{ "name": "SECRET", "nmae": 1 }');
  writeFileSync(scenario, `{ "name": "x",\n  ${PROBES} }`);
  t.strictSame(await listSources([scenario], [join(folder, 'private/rules.v4')]), ['-A INPUT -j SECRET']);
  t.equal(parseScenarios('{ "name": 5 }', 'x.json').diagnostics[0]?.source, '{ "name": 5 }');
});

t.test('what a link leads to is not shown: a file, its folder, a rule set', async (t) => {
  const folder = await makeFolder();
  const linked = join(folder, 'suite/linked.json');
  symlinkSync('../private/token.json', linked);
  symlinkSync('../private', join(folder, 'suite/folder'));
  symlinkSync('../private/rules.v4', join(folder, 'suite/rules.v4'));
  const scenario = join(folder, 'suite/a.json');
  writeFileSync(scenario, `{ "name": "x",\n  ${PROBES} }`);
  for (const [paths, rulesets] of [
    [[linked], []],
    [[join(folder, 'suite/folder/token.json')], []],
    [[scenario], [join(folder, 'suite/rules.v4')]],
  ] satisfies [string[], string[]][]) {
    const sources = await listSources(paths, rulesets);
    t.not(sources.length, 0, 'there is a mistake');
    t.strictSame(
      sources.filter((source) => source !== undefined),
      [],
    );
  }
});
