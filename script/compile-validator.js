// The check against schema/scenario.json as a module of its own: to compile it takes ajv longer than a small scenario takes to run.
import { readFile } from 'node:fs/promises';
import { _, Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';
import { expandSchema } from '../dist/spec/expand-schema.js';
import { FORMATS, OPTIONS } from '../dist/spec/validator-options.js';

/** The text of a module that does what src/spec/get-validator.ts does. */
export async function compileValidator() {
  const schema = JSON.parse(await readFile(new URL('../schema/scenario.json', import.meta.url), 'utf8'));
  const ajv = new Ajv({ ...OPTIONS, formats: FORMATS, code: { source: true, esm: true, formats: _`FORMATS` } });
  const code = [
    "import { FORMATS } from './validator-options.js';",
    standalone.default(ajv, ajv.compile(expandSchema(schema))),
    'export function getValidator() { return validate; }',
  ].join('\n');
  // A megabyte of code that nobody reads, and that every start parses.
  return (await transform(code, { minify: true, format: 'esm' })).code;
}
