import type { Fault, Program } from '../../model/program.js';
import { planFault } from '../../plan/faults/plan.js';
import { assertThreads } from '../../sandbox/machine/limits.js';
import { launchSandbox } from '../../sandbox/launch.js';
import { listTouched, type TouchedFault } from './hits.js';
import { findProblem, listCallersDescriptors, type RunningProgram, startProgram } from '../../sandbox/program.js';

export interface RunningUnderFaults extends RunningProgram {
  /** What the faults have hit. It resolves when the program has ended, and is null if the program was ended before. */
  touched: Promise<TouchedFault[] | null>;
  /** Ends the program and everything else in its world. */
  end(): Promise<void>;
}

/**
 * Runs a program in a world of its own, with the caller's terminal and open files. Connections fail there as the faults say.
 * @param signal ends the launch before the program has started
 */
export async function runUnderFaults(program: Program, faults: Fault[], signal: AbortSignal): Promise<RunningUnderFaults> {
  const plans = faults.map(planFault);
  if (plans.some(({ isHeld }) => isHeld)) {
    assertThreads('hold');
  }
  const descriptors = listCallersDescriptors();
  const problem = findProblem(program);
  if (problem !== null) {
    return { ended: Promise.resolve(problem), touched: Promise.resolve(null), signal: () => {}, end: () => Promise.resolve() };
  }
  const sandbox = await launchSandbox({ isAlone: true, signal });
  const { session, namespaces } = sandbox;
  try {
    await session.request({ type: 'open', world: null, servers: [], isSandboxsOwn: true });
    await session.request({ type: 'faults', plans });
    const running = await startProgram(program, namespaces, descriptors);
    void session.request({ type: 'faults-begin' }).catch(() => {}); // the request at the end reports that the sandbox is gone
    let isEnded = false;
    let touched: TouchedFault[] | null = null;
    const getEnd = async () => {
      try {
        const end = await running.ended;
        if (!isEnded) {
          // If the sandbox ended first, the program did not end by itself: this request then fails.
          touched = listTouched(faults, await session.request({ type: 'fault-hits' }));
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
    const ended = getEnd();
    return { ended, touched: ended.then(() => touched), signal: (name) => running.signal(name), end };
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
