// Writes the types of result documents, scenario files and exec's results from the JSON Schemas, which are their only source.
// With --check it writes nothing, and fails if a file differs from the types of its schema.
import { readFile, writeFile } from 'node:fs/promises';
import { compileFromFile } from 'json-schema-to-typescript';

const generated = [
  ['schema/result.json', 'src/model/result.ts'],
  ['schema/scenario.json', 'src/model/scenario-file.ts'],
  ['schema/diff.json', 'src/model/insight/diff.ts'],
  ['schema/control.json', 'src/run/world/control-types.ts', { unreachableDefinitions: true }],
];

for (const [schema, target, options] of generated) {
  const compiled = await compileFromFile(schema, {
    bannerComment: `/* Generated from ${schema} by \`npm run generate\`: change the schema instead. */`,
    unreachableDefinitions: false,
    ignoreMinAndMaxItems: true,
    ...options,
    style: { singleQuote: true, printWidth: 160 },
  });
  // Where a type is used says nothing of what it is.
  const text = compiled.replace(/^ \* This interface was referenced by [^]*?\n \*\//gm, ' */').replaceAll(/ \*\n \*\//g, ' */');
  if (process.argv.includes('--check')) {
    if ((await readFile(target, 'utf8')) !== text) {
      console.error(`${target} is not what ${schema} makes it: run npm run generate`);
      process.exitCode = 1;
    }
  } else {
    await writeFile(target, text);
  }
}
