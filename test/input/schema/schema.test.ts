// What an editor shows of a scenario's keys comes from the schema.
import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema } from 'ajv';
import t from 'tap';
import { expandSchema, FORMATS } from '../../../src/input/schema/compile.js';
import { ROOT } from '../../support/package.js';

interface Schema {
  $ref?: string;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  properties?: Record<string, Schema>;
}

interface Root {
  definitions: Record<string, Schema>;
}

const root = JSON.parse(readFileSync(`${ROOT}/schema/scenario.json`, 'utf8')) as Root;
const { definitions } = root;
/** Each key, as scenario.name, and its schema. */
const KEYS = Object.entries(definitions).flatMap(([name, { properties = {} }]) =>
  Object.entries(properties).map(([key, schema]) => ({ name: `${name}.${key}`, schema: { ...getDefinition(schema), ...schema } })),
);

t.test('every key has a description and examples, its own or those of its definition', (t) => {
  for (const what of ['description', 'examples'] as const) {
    t.strictSame(
      KEYS.filter(({ schema }) => schema[what] === undefined).map(({ name }) => name),
      [],
      what,
    );
  }
  t.end();
});

t.test('every example and every default is a value that the key can have, and no example is the default', (t) => {
  const ajv = new Ajv({ allowUnionTypes: true, formats: FORMATS });
  for (const { name, schema } of KEYS) {
    const { examples = [], default: usual } = schema;
    const validate = ajv.compile(expandSchema(schema, root) as AnySchema);
    for (const value of [...examples, ...(usual === undefined ? [] : [usual])]) {
      t.ok(validate(value), `${name}: ${JSON.stringify(value)}`);
    }
    t.notOk(examples.includes(usual), name);
  }
  const usual = KEYS.flatMap(({ name, schema }) => (schema.default === undefined ? [] : [`${name} ${JSON.stringify(schema.default)}`]));
  t.strictSame(usual, [
    'scenario.backend "nft"',
    'scenario.loopback "up"',
    'interface.mtu 1500',
    'interface.link "up"',
    'bridge.mtu 1500',
    'server.transparent false',
    'client.connect "nonblocking"',
    'rule.table "filter"',
    'rule.insert false',
    'probe.count 1',
    'probe.parallel false',
    'probe.timeoutMs 2500',
  ]);
  t.end();
});

function getDefinition({ $ref }: Schema): Schema {
  return definitions[$ref?.replace('#/definitions/', '') ?? ''] ?? {};
}
