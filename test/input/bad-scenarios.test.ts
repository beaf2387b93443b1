import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseScenarios as parseBuilt } from 'loopfw';
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import { printDiagnostic } from '../../src/report/shared/diagnostics.js';

// Every test/input/bad/*.json is wrong in its own way; what must be said of it is in the .txt beside it. UPDATE=1 rewrites these.
const folder = new URL('bad/', import.meta.url);

for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  void t.test(name, async (t) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const { scenarios, diagnostics } = parseScenarios(text, name);
    const printed = diagnostics.map((diagnostic) => `${printDiagnostic(diagnostic)}\n`).join('');
    const golden = new URL(name.replace(/json$/, 'txt'), folder);
    if (process.env['UPDATE'] === '1') {
      writeFileSync(golden, printed);
    }
    t.equal(printed, readFileSync(golden, 'utf8'));
    t.not(printed, '', 'something is said');
    t.same(scenarios, [], 'no scenario comes of it');
    t.same(parseBuilt(text, name).diagnostics, diagnostics, 'the validators that were compiled at build say the same');
  });
}
