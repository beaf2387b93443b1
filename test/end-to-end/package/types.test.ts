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

/** Worlds, from outside and from inside. */
const WORLD = `
import { createWorld, type ProbeResult, type ProgramResult, type RunningFault, type TcpSocket, type World, type WorldOptions } from 'loopfw';
import { connect, ControlRequestError, type FaultInWorld, type ServerInWorld, type WorldControl } from 'loopfw/control';

export const options: WorldOptions = { servers: { web: 'tcp://127.0.0.2:80' }, rules: [{ chain: 'INPUT', target: 'DROP' }], faults: [] };

export async function own(): Promise<unknown[]> {
  const world: World = await createWorld({ ...options, backend: 'nft', allowNetAdmin: true, addresses: ['10.0.0.1'] });
  const fault: RunningFault = await world.fault('refused=127.0.0.2:80');
  await world.heal(fault.id);
  await world.apply(['-P INPUT DROP']);
  const probe: ProbeResult = await world.probe({ from: '127.0.0.1', to: 'web' });
  const { exitCode, stdout }: ProgramResult = await world.exec('npm', ['test'], { env: { A: undefined }, timeoutMs: 5, stdio: 'inherit' });
  const socket: TcpSocket = world.connect(80, '127.0.0.2');
  socket.on('data', (part: Uint8Array) => part.length).end('x');
  world.agent({ keepAlive: true }).destroy();
  await world[Symbol.asyncDispose]();
  await world.close();
  return [probe.cause, exitCode, stdout, world.servers.map(({ port }) => port), await world.rules(), await world.faults()];
}

export async function inside(): Promise<unknown> {
  const world: WorldControl = connect();
  const servers: ServerInWorld[] = await world.servers();
  const faults: FaultInWorld[] = await world.faults();
  const fault = await world.fault('dropped=10.255.255.1').catch((error: unknown) => (error instanceof ControlRequestError ? error.code : null));
  return [servers, faults, fault];
}
`;

/** A block that closes its world. */
const USING = `
import { createWorld } from 'loopfw';
import { connect } from 'loopfw/control';
export async function main(): Promise<void> {
  await using world = await createWorld();
  await using fault = await world.fault('refused=127.0.0.2:80');
  await using other = await connect().fault(fault.fault);
  await other.heal();
}
`;

/** A project that has the types of Node.js: it gets these from a world. */
const WITH_NODE = `
import { get, type Agent } from 'node:http';
import type { Socket } from 'node:net';
import type { World } from 'loopfw';
export function main(world: World): [Agent, Socket, Socket] {
  const agent: Agent = world.agent();
  get('http://127.0.0.2/', { agent: world.agent<Agent>() });
  const socket: Socket = world.connect(80);
  return [agent, socket.setNoDelay(), world.connect<Socket>(80)];
}
`;

/** Each line is a mistake. */
const MISTAKES = `
import { createWorld, REPORTERS, runScenario, runSuite } from 'loopfw';
void runScenario({ name: 'a', probes: [{ from: '127.0.0.1', to: 'web', expect: 'refusd' }] });
void runScenario({ name: 'a', probs: [] });
void runScenario({ name: 'a', probes: [{ form: '127.0.0.1', to: 'web', expect: 'closed' }] });
void runSuite([{ name: 'a', probes: [] }]);
void runSuite([], { patience: 'ful' });
void REPORTERS.tapp;
void createWorld({ probes: [] });
void createWorld({ servers: { web: 80 } });
`;

const SETTINGS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
  'nodenext, without the types of a browser': { module: 'nodenext', lib: ['es2022'] },
};

t.test('the types compile strictly', async (t) => {
  const project = await makeProject({
    ...{ 'main.ts': PROGRAM, 'world.ts': WORLD, 'using.ts': USING, 'with-node.ts': WITH_NODE },
    'wrong/mistakes.ts': MISTAKES,
  });
  const setUp = async (options: object, files: string[]) => {
    // The types that come with the compiler are not checked: that takes most of its time.
    const own = { strict: true, target: 'es2022', noEmit: true, skipLibCheck: false, skipDefaultLibCheck: true };
    const compilerOptions = { ...own, types: [], ...options };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  };
  for (const [name, options] of Object.entries(SETTINGS)) {
    await setUp(options, ['main.ts', 'world.ts']);
    t.equal(compile(project), '', name);
  }
  await setUp({ ...SETTINGS.nodenext, lib: ['es2022', 'esnext.disposable'] }, ['using.ts']);
  t.equal(compile(project), '', 'await using');
  await setUp({ ...SETTINGS.nodenext, types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] }, [
    'main.ts',
    'world.ts',
    'with-node.ts',
  ]);
  t.equal(compile(project), '', 'with the types of Node.js');
  await setUp(SETTINGS.nodenext, ['wrong/mistakes.ts']);
  const lines = compile(project)
    .split('\n')
    .flatMap((line) => /^wrong\/mistakes\.ts\((\d+),/.exec(line)?.[1] ?? []);
  t.strictSame(lines, ['3', '4', '5', '6', '7', '8', '9', '10'], 'a mistake in each line');
});

t.test('every export says what it is', async (t) => {
  const entries = ['index', 'control'].map((name) => join(ROOT, `dist/types/${name}.d.ts`));
  const program = ts.createProgram(entries, { types: [], module: ts.ModuleKind.NodeNext, strict: true });
  const checker = program.getTypeChecker();
  const exported = entries.flatMap((entry) => checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!));
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
