// Writes V8's compiled code beside each file of the bundle. It includes all functions, not only those that run at load.
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';

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
