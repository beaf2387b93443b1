import type { ErrorObject } from 'ajv';
import { describeSchemaError } from './describe-schema-error.js';
import { joinPointer } from './locate-pointer.js';
import type { ProblemList } from './problem-list.js';

// Errors with these keywords only repeat that there is another error.
const ECHOES = new Set(['if', 'propertyNames']);

/** Adds the errors of a schema check to a file's problems. */
export function reportSchemaErrors(errors: ErrorObject[], problems: ProblemList): void {
  for (const error of errors) {
    if (ECHOES.has(error.keyword)) {
      continue;
    }
    const key = getKeyAtFault(error);
    if (key === undefined) {
      problems.add(error.instancePath, describeSchemaError(error));
    } else {
      problems.add(joinPointer(error.instancePath, key), describeSchemaError(error), 'key');
    }
  }
}

/** The key, if the error is about a key and not about its value. */
function getKeyAtFault(error: ErrorObject): string | undefined {
  return error.propertyName ?? (error.params as { additionalProperty?: string }).additionalProperty;
}
