import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv';
import { expandSchema } from './expand-schema.js';
import { OPTIONS } from './validator-options.js';

let validate: ValidateFunction | undefined;

/** What schema/result.json has against a value. It is compiled at its first use: only `merge` reads results back. */
export function findResultErrors(value: unknown): ErrorObject[] {
  validate ??= makeValidator();
  return validate(value) ? [] : (validate.errors ?? []);
}

function makeValidator(): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../schema/result.json', import.meta.url), 'utf8'));
  return new Ajv({ ...OPTIONS, code: { optimize: false } }).compile(expandSchema(schema) as AnySchema);
}
