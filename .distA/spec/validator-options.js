import { isIP } from 'node:net';
/** How ajv compiles the schema, here and at build. verbose: an error then has its schema and its value, which the messages quote. */
export const OPTIONS = { allErrors: true, verbose: true, allowUnionTypes: true };
/** The formats that the schema names. */
export const FORMATS = { ip: (text) => isIP(text) !== 0 };
