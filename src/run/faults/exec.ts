import type { Fault, Program } from '../../model/program.js';
import { makeFaultRuleSet } from '../../plan/faults.js';
import { launchSandbox } from '../../sandbox/launch.js';
import { listCallersDescriptors } from '../../sandbox/program/descriptors.js';
import { findProblem } from '../../sandbox/program/lookup.js';
import { type RunningProgram, startProgram } from '../../sandbox/program/start.js';

export interface RunningUnderFaults extends Omit<RunningProgram, 'assertEndedAlone'> {
  /** Ends the program and everything else in its world. */
  end(): Promise<void>;
}

/**
 * Runs a program in a world of its own, with the caller's terminal and open files. Connections fail there as the faults say.
 * @param signal ends the launch before the program has started
 */
export async function runUnderFaults(program: Program, faults: Fault[], signal: AbortSignal): Promise<RunningUnderFaults> {
  const descriptors = listCallersDescriptors();
  const ruleSet = makeFaultRuleSet(faults);
  const problem = findProblem(program);
  if (problem !== null) {
    return { ended: Promise.resolve(problem), signal: () => {}, end: () => Promise.resolve() };
  }
  const sandbox = await launchSandbox({ isAlone: true, hostsProgram: true, signal });
  const { session, namespaces } = sandbox;
  try {
    await session.request({ type: 'open', world: null, servers: [], isSandboxsOwn: true });
    await session.request({ type: 'apply', ruleSet });
    const running = await startProgram(program, namespaces, descriptors);
    let isEnded = false;
    const getEnd = async () => {
      try {
        const end = await running.ended;
        if (!isEnded) {
          // If the sandbox ended first, the program did not end by itself: this request then fails.
          await session.request({ type: 'close' });
          running.assertEndedAlone();
        }
        return end;
      } finally {
        await sandbox.end();
      }
    };
    const end = () => {
      isEnded = true;
      return sandbox.end();
    };
    return { ended: getEnd(), signal: (name) => running.signal(name), end };
  } catch (error) {
    try {
      // If the sandbox has ended, this request throws the reason. The first error is only a consequence of it.
      await session.request({ type: 'close' });
    } finally {
      await sandbox.end();
    }
    throw error;
  }
}
