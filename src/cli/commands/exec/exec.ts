import { UsageError } from '../../../model/errors.js';
import { openControl } from '../../../run/world/control/server.js';
import { runUnderFaults } from '../../../run/world/exec.js';
import type { HostedWorldOptions } from '../../../run/world/hosted-world.js';
import { describeTouched } from '../../../run/world/hits.js';
import { assertMayStart, parseFault } from '../../../run/world/faults/parse.js';
import { isOn } from '../../output/switches.js';
import { SignalPasser, toExitCode } from './signal-passer.js';

export interface ExecCommandOptions {
  fault?: string[];
  rule?: string[];
  /** Whether a fault that nothing has touched makes the exit code 1. */
  expectHit?: boolean;
  /** `json=FILE` */
  reporter?: string;
  allowCommands?: boolean;
  allowNetAdmin?: boolean;
}

/** What has been typed: before the options and between them, and behind --. */
export interface ExecArguments {
  scenarios: string[];
  command: string[];
}

/** `loopfw exec`: runs a program under faults. Returns the program's exit code, or 128+n where signal n ended it. */
export async function execCommand({ scenarios, command: words }: ExecArguments, options: ExecCommandOptions): Promise<number> {
  const [command, ...args] = words;
  if (command === undefined) {
    throw new UsageError('the program is missing: put it behind --, as in loopfw exec --fault refused=127.0.0.2:5432 -- npm test');
  }
  const faults = (options.fault ?? []).map(parseFault);
  assertMayStart(faults);
  const report = options.reporter === undefined ? null : await openReport(options.reporter);
  const { world, env } = await readWorld(scenarios, options);
  const signals = new SignalPasser();
  try {
    const running = await runUnderFaults(
      { command, args, env: { ...readEnvironment(), ...env } },
      { ...world, faults, signal: signals.aborted },
      openControl,
    );
    signals.passTo(running);
    const { exitCode, signal, problem, touched } = await running.ended;
    if (problem !== null) {
      process.stderr.write(`loopfw: ${problem}\n`);
    }
    const code = exitCode ?? (signal === null ? 1 : toExitCode(signal));
    touched.forEach((each) => process.stderr.write(`${describeTouched(each)}\n`));
    await report?.write({ version: 1, command: words, exitCode: code, faults: touched });
    return code === 0 && options.expectHit && touched.some(({ connections }) => connections === 0) ? 1 : code;
  } catch (error) {
    if (signals.early === null) {
      throw error;
    }
    return toExitCode(signals.early);
  } finally {
    signals.release();
  }
}

function readEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
}

async function openReport(reporter: string) {
  const { ExecReport } = await import('./report.js');
  return await ExecReport.open(reporter);
}

/** The world of the scenario and the rules. The code for that is loaded only where there are some. */
async function readWorld(
  paths: string[],
  { rule = [], allowCommands, allowNetAdmin: allowsNetAdmin = false }: ExecCommandOptions,
): Promise<{ world: Omit<HostedWorldOptions, 'faults' | 'signal'>; env: Record<string, string> }> {
  if (paths.length === 0 && rule.length === 0) {
    return { world: { document: null, startsPrograms: false, allowsNetAdmin }, env: {} };
  }
  const { readDocument, makeServerVariables } = await import('./scenario.js');
  const startsPrograms = isOn(allowCommands, 'LOOPFW_ALLOW_COMMANDS');
  const document = await readDocument(paths, rule, startsPrograms);
  return { world: { document, startsPrograms, allowsNetAdmin }, env: makeServerVariables(document.scenario.servers) };
}
