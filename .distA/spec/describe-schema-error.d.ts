import type { ErrorObject } from 'ajv';
/** What ajv found, in plain words. */
export declare function describeSchemaError(error: ErrorObject): string;
