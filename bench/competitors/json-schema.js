// Reads all files of a folder, and checks each against the schema of scenarios. Prints how many are valid.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';

const [schema, folder] = process.argv.slice(2);
const isValid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')));
const files = readdirSync(folder);
const valid = files.filter((file) => isValid(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
process.stdout.write(`${valid.length}`);
