// Compiles the check against schema/scenario.json at build time: ajv needs more time for that than a small scenario needs to run.
import { readFile } from 'node:fs/promises';
import { _, Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build, transform } from 'esbuild';
import { expandSchema, FORMATS, OPTIONS } from '../build/input/schema/compile.js';

const FULL = 'full-validator.cjs';

/**
 * Returns the text of a module that replaces src/input/schema/validate-scenario.ts. It first runs a small validator, made from the schema itself,
 * which only says yes or no. The validator that describes mistakes is five times as long. It is in its own file, which is loaded only after
 * a mistake.
 */
export async function compileValidator(folder) {
  const schema = JSON.parse(await readFile(new URL('../schema/scenario.json', import.meta.url), 'utf8'));
  await build({
    stdin: { contents: compile(expandSchema(schema), OPTIONS), resolveDir: 'build/input/schema' },
    ...{ outfile: `${folder}/${FULL}`, bundle: true, minify: true, format: 'cjs', platform: 'node', target: 'node20' },
  });
  const { allowUnionTypes } = OPTIONS;
  const code = `${compile(schema, { allowUnionTypes, messages: false, inlineRefs: false })}
    import { createRequire } from 'node:module';
    export function findSchemaErrors(value) {
      if (validate(value)) {
        return [];
      }
      const full = createRequire(import.meta.url)('./${FULL}').validate;
      return full(value) ? [] : full.errors;
    }`;
  return (await transform(code, { minify: true, format: 'esm' })).code;
}

function compile(schema, options) {
  const ajv = new Ajv({ ...options, formats: FORMATS, code: { source: true, esm: true, formats: _`FORMATS` } });
  return `import { FORMATS } from './compile.js';\n${standalone.default(ajv, ajv.compile(schema))}`;
}
