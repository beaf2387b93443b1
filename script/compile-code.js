// Writes V8's compiled code beside each file of the bundle. It includes all functions. The files that a run reads get only what a run uses
// instead: half the size, and V8 reads it in half the time. Where this machine allows no sandbox, they keep all functions.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';

/** One world at a time: it is then in the first thread of the inside. */
const RUN = ['dist/bin.js', 'run', '--jobs', '1', '--patience', 'full', 'script/compile-code/run.json'];

const [folder] = process.argv.slice(2);
const { getCachePath, readCode } = createRequire(import.meta.url)('../dist/sandbox/load.js');
for (const name of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
  const path = `${folder}/${name}`;
  setFlagsFromString('--no-lazy');
  const script = readCode(path);
  // Restores the default option. V8 accepts compiled code only if its options are those that were set when the code was written.
  setFlagsFromString('--lazy');
  writeFileSync(getCachePath(path), script.createCachedData());
}
recordRun();

function recordRun() {
  const target = mkdtempSync(join(tmpdir(), 'loopfw-compile-'));
  try {
    const args = ['--require', resolve('script/compile-code/record.cjs'), ...RUN];
    execFileSync(process.execPath, args, { env: { LOOPFW_RECORD: target }, stdio: ['ignore', 'ignore', 'pipe'] });
    for (const name of readdirSync(target).filter((name) => name.includes('.js.'))) {
      copyFileSync(join(target, name), join(folder, name));
    }
  } catch (error) {
    console.error(`no scenario can run here, so the compiled code has all functions: ${error.stderr}`);
  } finally {
    rmSync(target, { recursive: true });
  }
}
