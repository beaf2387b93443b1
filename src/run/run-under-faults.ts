import { findProblem, startProgram, type RunningProgram } from '../sandbox/start-program.js';
import type { Fault } from '../model/fault.js';
import type { Program } from '../model/program.js';
import { makeFaultRuleSet } from '../plan/make-fault-plan.js';
import { launchSandbox } from '../sandbox/launch.js';
import { listCallersDescriptors } from '../sandbox/list-callers-descriptors.js';

export interface RunningUnderFaults extends RunningProgram {
  /** Ends the program and everything in its world. */
  end(): Promise<void>;
}

/**
 * Runs a program in a world of its own, with the caller's terminal and open files, where some connections fail as the faults say.
 * @param signal gives up before the program has started
 */
export async function runUnderFaults(program: Program, faults: Fault[], signal: AbortSignal): Promise<RunningUnderFaults> {
  const descriptors = listCallersDescriptors();
  const ruleSet = makeFaultRuleSet(faults);
  const problem = findProblem(program);
  if (problem !== null) {
    return { ended: Promise.resolve(problem), signal: () => {}, end: () => Promise.resolve() };
  }
  const sandbox = await launchSandbox({ isAlone: true, signal });
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
          // What ended because the sandbox did is not the program's own end.
          await session.request({ type: 'close' });
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
      // Where the sandbox has died, that is the reason, and not what failed because of it.
      await session.request({ type: 'close' });
    } finally {
      await sandbox.end();
    }
    throw error;
  }
}
