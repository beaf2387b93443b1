import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv';
import { expandSchema, FORMATS, OPTIONS } from './compile.js';

let validate: ValidateFunction | undefined;

/**
 * The errors of a value against schema/scenario.json. This module compiles the schema at the first call. In the built package,
 * script/compile-validator.js replaces this module by a validator that is already compiled.
 */
export function findSchemaErrors(value: unknown): ErrorObject[] {
  validate ??= makeValidator();
  return validate(value) ? [] : (validate.errors ?? []);
}

function makeValidator(): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../../schema/scenario.json', import.meta.url), 'utf8'));
  const ajv = new Ajv({ ...OPTIONS, formats: FORMATS, code: { optimize: false } });
  return ajv.compile(expandSchema(schema) as AnySchema);
}
