// Lays beside each file of the bundle what V8 makes of it: of all of it, and not only of what runs as it is loaded.
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';

const [folder] = process.argv.slice(2);
const { getCachePath, readCode } = createRequire(import.meta.url)('../dist/load.js');
for (const name of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
  const path = `${folder}/${name}`;
  setFlagsFromString('--no-lazy');
  const script = readCode(path);
  // As it was: V8 takes it only with the options that it was made with.
  setFlagsFromString('--lazy');
  writeFileSync(getCachePath(path), script.createCachedData());
}
