// Runs what takes too long for the tests. It repeats their attacks, kills and random texts many times, with a new seed each time.
// It also makes a release, and runs all rule sets of the witness, the scenarios on an overloaded machine, the steps of the Dockerfile, and the first
// commands of README.md on bare systems.
// Takes an hour or more on two processors. `npm run soak -- kills load` runs only these parts.
import { execFileSync, spawnSync } from 'node:child_process';
import { tryBareSystems } from './soak/bare.js';
import { tryImage } from './soak/image.js';
import { runUnderLoad } from './soak/under-load.js';

const seed = process.env.LOOPFW_TEST_SEED ?? String(Math.floor(Math.random() * 2 ** 31));

/** The test files, the variables that make them longer, and the time limit of each file in seconds. */
const PARTS = {
  attacks: { files: ['test/end-to-end/safety/attacks.test.ts'], env: { LOOPFW_TEST_ATTACKS: '20' }, seconds: 900 },
  kills: { files: ['test/end-to-end/safety/sandbox.test.ts'], env: { LOOPFW_TEST_KILLS: '100' }, seconds: 3600 },
  ends: { files: ['test/end-to-end/safety/ends.test.ts'], env: { LOOPFW_TEST_SLOW: '1' }, seconds: 600 },
  witness: {
    files: ['test/witness/witness.test.ts', 'test/end-to-end/evidence/routing.test.ts'],
    env: { LOOPFW_TEST_WITNESS: 'all' },
    seconds: 900,
  },
  release: { files: ['test/end-to-end/package/release.test.ts'], env: { LOOPFW_TEST_RELEASE: '1' }, seconds: 600 },
  twins: { files: ['test/rules/twins/twins.test.ts'], env: { LOOPFW_SOAK: '10' }, seconds: 1800 },
  diff: { files: ['test/end-to-end/insight/random-pairs.test.ts'], env: { LOOPFW_SOAK: '20' }, seconds: 7200 },
  random: { files: [], env: { LOOPFW_SOAK: '20' }, seconds: 1800 },
};

const wanted = process.argv.slice(2);
const names = [...Object.keys(PARTS), 'load', 'image', 'bare'];
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`soak: no part is called ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exit(2);
}
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
console.log(`seed ${seed}: LOOPFW_TEST_SEED=${seed} npm run soak does the same again`);

const failed = [];
for (const [name, { files, env, seconds }] of Object.entries(PARTS).filter(([name]) => isWanted(name))) {
  const args = ['tap', `--timeout=${seconds}`, '--jobs=1', '--reporter=terse', ...(files.length > 0 ? files : listRandomTests())];
  const started = performance.now();
  const { status } = spawnSync('npx', args, { stdio: 'inherit', env: { ...process.env, ...env, LOOPFW_TEST_SEED: seed } });
  console.log(`${name}: ${status === 0 ? 'passed' : 'FAILED'} after ${Math.round((performance.now() - started) / 1000)} s`);
  failed.push(...(status === 0 ? [] : [name]));
}
if (isWanted('load')) {
  failed.push(...((await runUnderLoad({ runs: 30, atOnce: 16 })) ? [] : ['load']));
}
if (isWanted('image')) {
  failed.push(...(tryImage() ? [] : ['image']));
}
if (isWanted('bare')) {
  failed.push(...(tryBareSystems() ? [] : ['bare']));
}
console.log(failed.length === 0 ? 'soak: all passed' : `soak: failed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);

/** The tests with random input. */
function listRandomTests() {
  return execFileSync('git', ['grep', '-l', 'fast-check', '--', 'test/*.test.ts'], { encoding: 'utf8' }).trim().split('\n');
}
