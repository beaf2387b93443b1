// A rule set that is too large for one message of netlink where root is not real. LARGE_RULESET=5000 makes it larger.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { makeLargeRuleset, makeLargeScenario } from '../../support/make-large-ruleset.js';
import { readResult } from '../../support/result.js';

const COUNT = Number(process.env['LARGE_RULESET'] ?? 1500);
const RUNS = [
  { backend: 'nft', ordinary: false },
  { backend: 'nft', ordinary: true },
  { backend: 'legacy', ordinary: false },
];

t.test(`${COUNT} rules are loaded and met`, async (t) => {
  const folder = mkdtempSync(`${tmpdir()}/loopfw-large-`);
  t.teardown(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  writeFileSync(`${folder}/rules.v4`, makeLargeRuleset(COUNT));
  writeFileSync(`${folder}/large.json`, JSON.stringify(makeLargeScenario('rules.v4')));
  for (const { backend, ordinary } of RUNS) {
    const ended = await loopfw(['run', '-r', 'json', '--backend', backend, `${folder}/large.json`], { ordinary });
    const { summary, scenarios } = readResult(ended);
    t.strictSame([ended.exitCode, summary.passed, scenarios[0]?.rules.length], [0, 50, COUNT], `${backend}${ordinary ? ', no root' : ''}`);
  }
});
