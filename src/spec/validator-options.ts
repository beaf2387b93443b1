import { isIP } from 'node:net';

/** The options of ajv, here and at build time. With `verbose`, an error has its schema and its value, which the messages quote. */
export const OPTIONS = { allErrors: true, verbose: true, allowUnionTypes: true };

/** The formats of the schema, with their checks. */
export const FORMATS = { ip: (text: string): boolean => isIP(text) !== 0 };
