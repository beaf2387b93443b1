// What an editor shows of a scenario's keys comes from the schema.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { ROOT } from '../../support/package.js';

interface Schema {
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
}

interface Root {
  definitions: Record<string, Schema>;
}

const { definitions } = JSON.parse(readFileSync(`${ROOT}/schema/scenario.json`, 'utf8')) as Root;

t.test('every key has a description, its own or that of its definition', (t) => {
  const bare = Object.entries(definitions).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties)
      .filter(([, schema]) => describe(schema) === undefined)
      .map(([key]) => `${name}.${key}`),
  );
  t.strictSame(bare, []);
  t.end();
});

function describe({ $ref, description }: Schema): string | undefined {
  return description ?? definitions[$ref?.replace('#/definitions/', '') ?? '']?.description;
}
