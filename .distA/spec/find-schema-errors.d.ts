import { type ErrorObject } from 'ajv';
/**
 * What schema/scenario.json has against a value. Here it is compiled at its first use; script/compile-validator.js puts a compiled one in
 * the place of this module when the package is built.
 */
export declare function findSchemaErrors(value: unknown): ErrorObject[];
