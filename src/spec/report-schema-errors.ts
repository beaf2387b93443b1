import type { ErrorObject } from 'ajv';
import { describeSchemaError } from './describe-schema-error.js';
import { joinPointer } from './locate-pointer.js';
import type { ProblemList } from './problem-list.js';

// These say only that another error exists.
const ECHOES = new Set(['if', 'propertyNames']);

/** Reports what a schema has against a file. */
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

/** The key, where the fault lies in a key and not in its value. */
function getKeyAtFault(error: ErrorObject): string | undefined {
  return error.propertyName ?? (error.params as { additionalProperty?: string }).additionalProperty;
}
