import type { Program } from '../../../model/program.js';
import type { Backend } from '../../../model/result.js';
import type { TouchedFault } from '../../../run/world/control-types.js';
import { type Door, runUnderFaults } from '../../../run/world/exec.js';
import { describeTouched } from '../../../run/world/hits.js';
import type { HostedWorld, HostedWorldOptions } from '../../../run/world/hosted-world.js';
import { isOn } from '../../output/switches.js';
import { SignalPasser, toExitCode } from './signal-passer.js';

/** What describes a world on the command line, besides its faults. */
export interface WorldOptions {
  rule?: string[];
  /** The first of them applies the rules. */
  backend?: Backend[];
  allowCommands?: boolean;
  allowNetAdmin?: boolean;
}

/** For iptables-legacy of a program that may change rules. Otherwise it has one lock for all of the host, which only root can open. */
const OWN_LOCK = { XTABLES_LOCKFILE: '/proc/self/status' };

/** How a program in a world ended. touched: null if a signal came before it was started. */
export interface HostedEnd {
  exitCode: number;
  touched: TouchedFault[] | null;
}

/**
 * Runs a program in a world, passes signals on to it, and says on standard error what the faults have hit.
 * @param program `env` is added to the environment
 * @param openDoor opens what the program controls its world by
 */
export async function runHosted(
  program: Program,
  options: HostedWorldOptions,
  openDoor: (world: HostedWorld) => Promise<Door>,
): Promise<HostedEnd> {
  const signals = new SignalPasser();
  const lock = options.allowsNetAdmin ? OWN_LOCK : {};
  try {
    const running = await runUnderFaults(
      { ...program, env: { ...lock, ...readEnvironment(), ...program.env } },
      { ...options, signal: signals.aborted },
      openDoor,
    );
    signals.passTo(running);
    const { exitCode, signal, problem, touched } = await running.ended;
    if (problem !== null) {
      process.stderr.write(`loopfw: ${problem}\n`);
    }
    touched.forEach((each) => process.stderr.write(`${describeTouched(each)}\n`));
    return { exitCode: exitCode ?? (signal === null ? 1 : toExitCode(signal)), touched };
  } catch (error) {
    if (signals.early === null) {
      throw error;
    }
    return { exitCode: toExitCode(signals.early), touched: null };
  } finally {
    signals.release();
  }
}

export function readEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
}

/** The world of the scenario and the rules. The code for that is loaded only where there are some. */
export async function readWorld(
  paths: string[],
  { rule = [], backend: backends, allowCommands, allowNetAdmin: allowsNetAdmin = false }: WorldOptions,
): Promise<{ world: Omit<HostedWorldOptions, 'faults' | 'signal'>; env: Record<string, string> }> {
  if (paths.length === 0 && rule.length === 0) {
    return { world: { document: null, startsPrograms: false, allowsNetAdmin }, env: {} };
  }
  const { readDocument, makeServerVariables } = await import('./scenario.js');
  const startsPrograms = isOn(allowCommands, 'LOOPFW_ALLOW_COMMANDS');
  const read = await readDocument(paths, rule, startsPrograms);
  const document = backends === undefined ? read : read.with({ ...read.scenario, backends });
  return { world: { document, startsPrograms, allowsNetAdmin }, env: makeServerVariables(document.scenario.servers) };
}
