import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import { expandSchema } from './expand-schema.js';

let validator: ValidateFunction | undefined;

/** The check against schema/scenario.json, which is read and compiled once. */
export function getValidator(): ValidateFunction {
  validator ??= makeValidator();
  return validator;
}

function makeValidator(): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../schema/scenario.json', import.meta.url), 'utf8'));
  // verbose: an error then has its schema and its value, which the messages quote
  // unoptimized: for what is compiled once and used once, optimizing the code costs more than it gains (a tenth of a second, measured)
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, code: { optimize: false } });
  ajv.addFormat('ip', (text) => isIP(text) !== 0);
  return ajv.compile(expandSchema(schema) as AnySchema);
}
