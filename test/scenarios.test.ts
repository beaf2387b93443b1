// The scenario library and one scenario file a behaviour, on the real kernel, as root and as an ordinary user.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import t from 'tap';
import type { Result } from '../src/model/result.js';
import type { ProbeInput, ScenarioInput } from '../src/model/scenario-file.js';
import { LIBRARY, readLibrary, type LibraryScenario } from './support/library.js';
import { loopfw } from './support/loopfw.js';
import { getVerdicts, readResult } from './support/result.js';
import { weaken, type RulesetTexts } from './support/weaken.js';

/** Long enough for what comes at once, short enough for many that wait for nothing. */
const LIMIT_MS = 200;
const FOLDERS = ['scenarios', 'test/behaviours'];

for (const folder of FOLDERS) {
  t.test(`${folder} passes; an ordinary user and the legacy back end see the same`, async (t) => {
    const [own, ordinary, legacy] = await Promise.all([
      loopfw(['run', '-r', 'json', '--backend', 'nft', folder]),
      loopfw(['run', '-r', 'json', '--backend', 'nft', folder], { ordinary: true }),
      loopfw(['run', '-r', 'json', '--backend', 'legacy', folder]),
    ]);
    const result = readResult(own);
    t.equal(own.exitCode, 0, own.stderr);
    t.equal(result.environment.rootless, process.getuid?.() !== 0);
    t.equal(readResult(ordinary).environment.rootless, true);
    t.match(result.environment.iptables, /^v\d/);
    t.strictSame(getVerdicts(readResult(ordinary)), getVerdicts(result));
    t.strictSame(getVerdicts(readResult(legacy)), getVerdicts(result));
    t.equal(getEvidence(result), 'trace');
    t.equal(getEvidence(readResult(legacy)), 'nflog');
  });
}

/** Where the evidence of all probes comes from. */
function getEvidence({ scenarios }: Result): string {
  return [...new Set(scenarios.flatMap(({ probes }) => probes.map(({ evidence }) => evidence)))].join();
}

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

t.test('a scenario fails without its rules, and with each REJECT turned into ACCEPT', async (t) => {
  const folder = t.testdir();
  const weakened = readLibrary().flatMap((each) => weakenInto(folder, each));
  const ended = await loopfw(['run', '-r', 'json', folder]);
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
  if (scenario.ruleset !== undefined) {
    rulesets[scenario.ruleset.file] = readFileSync(`${LIBRARY}/${dirname(file)}/${scenario.ruleset.file}`, 'utf8');
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
