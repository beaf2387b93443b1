// The types of the package, in a project that has TypeScript and loopfw, and nothing else.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import ts from 'typescript';
import { compile, makeProject } from '../../support/installed.js';
import { ROOT } from '../../support/package.js';

const PROGRAM = `
import {
  assertPassed, EnvironmentError, getCoverage, loadScenarios, parseScenarios, REPORTERS, runScenario, runSuite, SpecError,
  type Cause, type ProbeResult, type Reporter, type Result, type ScenarioInput, type SuiteResult,
} from 'loopfw';

export async function main(): Promise<string[]> {
  const { scenarios } = parseScenarios('{}', 'a.json');
  const suite: SuiteResult = await runSuite([...scenarios, ...(await loadScenarios(['.']))], { jobs: 1, patience: 'full' });
  const scenario: ScenarioInput = { name: 'a', matrix: { '127.0.0.1': { web: { cause: 'service', withinMs: 5 } } } };
  const result: Result = await runScenario([scenario, { name: 'b', probes: [{ from: '::1', to: 'web', expect: 'closed' }] }], { folder: '.' });
  assertPassed(suite);
  result.scenarios.forEach(assertPassed);
  const probes: ProbeResult[] = result.scenarios.flatMap((each) => each.probes);
  const causes: (Cause | null)[] = probes.map(({ cause }) => cause);
  const reporters: Reporter[] = Object.values(REPORTERS);
  const percent: number = getCoverage(result).percent;
  const ok: boolean = suite.ok;
  return [\`\${percent} \${ok} \${causes.length}\`, ...reporters.map((report) => report(result, { color: false }))];
}

export function explain(error: unknown): string[] {
  if (error instanceof SpecError) {
    return error.diagnostics.map(({ file, line, message, pointer }) => \`\${file}:\${line}: \${message} \${pointer}\`);
  }
  return error instanceof EnvironmentError ? [error.summary, ...error.remedies] : [];
}
`;

/** Each line is a mistake. */
const MISTAKES = `
import { REPORTERS, runScenario, runSuite } from 'loopfw';
void runScenario({ name: 'a', probes: [{ from: '127.0.0.1', to: 'web', expect: 'refusd' }] });
void runScenario({ name: 'a', probs: [] });
void runScenario({ name: 'a', probes: [{ form: '127.0.0.1', to: 'web', expect: 'closed' }] });
void runSuite([{ name: 'a', probes: [] }]);
void runSuite([], { patience: 'ful' });
void REPORTERS.tapp;
`;

const SETTINGS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
  'nodenext, without the types of a browser': { module: 'nodenext', lib: ['es2022'] },
};

t.test('the types compile strictly', async (t) => {
  const project = await makeProject({ 'main.ts': PROGRAM, 'wrong/mistakes.ts': MISTAKES });
  const setUp = async (options: object, files: string[]) => {
    const compilerOptions = { strict: true, target: 'es2022', noEmit: true, skipLibCheck: false, types: [], ...options };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  };
  for (const [name, options] of Object.entries(SETTINGS)) {
    await setUp(options, ['main.ts']);
    t.equal(await compile(project), '', name);
  }
  await setUp(SETTINGS.nodenext, ['wrong/mistakes.ts']);
  const lines = (await compile(project)).split('\n').flatMap((line) => /^wrong\/mistakes\.ts\((\d+),/.exec(line)?.[1] ?? []);
  t.strictSame(lines, ['3', '4', '5', '6', '7', '8'], 'a mistake in each line');
});

t.test('every export says what it is', async (t) => {
  const index = join(ROOT, 'dist/types/index.d.ts');
  const program = ts.createProgram([index], { types: [], module: ts.ModuleKind.NodeNext, strict: true });
  const checker = program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(program.getSourceFile(index)!)!;
  const exported = checker.getExportsOfModule(symbol);
  t.ok(exported.length > 50);
  const silent = exported.filter((each) => {
    const meant = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
    return ts.displayPartsToString(meant.getDocumentationComment(checker)) === '';
  });
  t.strictSame(
    silent.map(({ name }) => name),
    [],
  );
});
