import { parseScenarios } from '../../input/scenario/parse.js';
import { UsageError } from '../../model/errors.js';
import type { Patience } from '../../model/plan.js';
import type { Backend } from '../../model/result.js';
import type { Scenario } from '../../model/scenario.js';
import { reportProbe } from '../../report/human/probe.js';
import { runSuite } from '../../run/run-suite.js';
import { getExitCode } from '../output/exit-codes.js';
import { assertWritable, parseReporters, writeReports } from '../output/reports.js';
import { assertOutputOpen } from '../output/standard-output.js';
import { catchSignals } from './signals.js';

export interface ProbeCommandOptions {
  rule?: string[];
  expect?: string;
  send?: string;
  timeout?: number;
  blocking?: boolean;
  server: boolean;
  reporter?: string[];
  backend?: Backend[];
  patience: Patience;
}

/** `loopfw probe`: runs a scenario of one probe and prints its answer with the whole journey. Returns the exit code. */
export async function probeCommand(from: string, to: string, options: ProbeCommandOptions, hasColors: boolean): Promise<number> {
  const requests = options.reporter === undefined ? null : parseReporters(options.reporter, process.env);
  const scenario = makeScenario(from, to, options);
  if (requests === null) {
    assertOutputOpen();
  }
  await assertWritable(requests ?? []);
  const signals = catchSignals();
  const { backend: backends, patience } = options;
  const result = await runSuite([scenario], { backends, patience, signal: signals.aborted }).finally(() => signals.release());
  if (requests === null) {
    process.stdout.write(reportProbe(result, { color: hasColors }));
  }
  await writeReports(result, requests ?? [], hasColors);
  return Math.max(getExitCode(result, false), signals.getExitCode());
}

/** @throws UsageError that names the arguments at fault */
function makeScenario(from: string, to: string, options: ProbeCommandOptions): Scenario {
  const withServer = parse(from, to, options, options.server && !to.startsWith('icmp:'));
  // The client can run where a server is impossible, for example at an address that is not on the host.
  const isServerWrong = withServer.diagnostics.some(({ pointer }) => pointer?.startsWith('/servers/'));
  const { scenarios, diagnostics } = isServerWrong ? parse(from, to, options, false) : withServer;
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw new UsageError(diagnostics.map(({ pointer, message }) => `${nameArgument(pointer ?? '')}: ${message}`).join('\nloopfw: '));
  }
  return options.expect === undefined ? withoutExpectations(scenario) : scenario;
}

function withoutExpectations(scenario: Scenario): Scenario {
  const phases = scenario.phases.map(({ batches, ...phase }) => ({
    ...phase,
    batches: batches.map((batch) => batch.map((probe) => ({ ...probe, expect: {} }))),
  }));
  return { ...scenario, phases };
}

function parse(from: string, to: string, options: ProbeCommandOptions, hasServer: boolean): ReturnType<typeof parseScenarios> {
  const { rule: rules = [], expect = 'connected', send, timeout: timeoutMs, blocking } = options;
  const document = {
    name: 'probe',
    servers: hasServer ? { server: to } : {},
    clients: { client: { address: from, connect: blocking ? 'blocking' : 'nonblocking' } },
    rules,
    probes: [{ name: `${from} → ${to}`, from: 'client', to: hasServer ? 'server' : to, expect, send, timeoutMs }],
  };
  return parseScenarios(JSON.stringify(document), '<command line>');
}

/** The name on the command line for a place in the document (a JSON pointer). */
function nameArgument(pointer: string): string {
  const rule = /^\/rules\/(\d+)/.exec(pointer)?.[1];
  if (rule !== undefined) {
    return `--rule ${Number(rule) + 1}`;
  }
  if (pointer.startsWith('/clients/')) {
    return 'FROM';
  }
  const names: Record<string, string> = { to: 'TO', expect: '--expect', send: '--send', timeoutMs: '--timeout' };
  return names[/^\/probes\/0\/(\w+)/.exec(pointer)?.[1] ?? ''] ?? 'probe';
}
