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
  const schema = JSON.parse(await readFile(new URL('../schema/scenario.json', import.meta.url), 'utf8'), leaveOutAnnotations);
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

/** Leaves out what a schema says to people, as each start would read it. A key of a scenario with such a name has an object as its value. */
function leaveOutAnnotations(key, value) {
  const isText = ['title', 'description'].includes(key) && typeof value === 'string';
  const isValue = (key === 'examples' && Array.isArray(value)) || (key === 'default' && typeof value !== 'object');
  return isText || isValue ? undefined : value;
}

function compile(schema, options) {
  const ajv = new Ajv({ ...options, formats: FORMATS, code: { source: true, esm: true, formats: _`FORMATS` } });
  return `import { FORMATS } from './compile.js';\n${standalone.default(ajv, ajv.compile(schema))}`;
}
