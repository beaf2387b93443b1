import type { Request } from '../../model/message.js';
import type { Fault, FaultPlan, Program, ProgramEnd } from '../../model/program.js';
import type { Scenario } from '../../model/scenario.js';
import { planFault } from '../../plan/faults/plan.js';
import { assertThreads } from '../../sandbox/machine/limits.js';
import { launchSandbox } from '../../sandbox/launch.js';
import { listCallersDescriptors } from '../../sandbox/program/descriptors.js';
import { findProblem } from '../../sandbox/program/lookup.js';
import type { TouchedFault } from './exec-result.js';
import { listTouched } from './hits.js';

/** What the world of a program is made of. */
export interface ProgramWorld {
  /** Its servers, rules and interfaces; null: nothing but lo. */
  scenario: Scenario | null;
  /** Whether its servers may be programs. */
  startsPrograms: boolean;
  /** Whether the program may change the network and the rules of its world. */
  allowsNetAdmin: boolean;
}

export interface RunningUnderFaults {
  signal(signal: NodeJS.Signals): void;
  /** How the program ended, and what the faults have hit: nothing is known of that if the world ended before the program. */
  ended: Promise<ProgramEnd & { touched: TouchedFault[] }>;
  /** Ends the program and everything else in its world. */
  end(): Promise<void>;
}

/**
 * Runs a program in a world of its own, with the caller's terminal and open files. Connections fail there as the faults say.
 * @param signal ends the launch before the program has started
 */
export async function runUnderFaults(
  program: Program,
  { scenario, startsPrograms, allowsNetAdmin, faults }: ProgramWorld & { faults: Fault[] },
  signal: AbortSignal,
): Promise<RunningUnderFaults> {
  const plans = faults.map(planFault);
  if (plans.some(({ isHeld }) => isHeld)) {
    assertThreads('hold');
  }
  const descriptors = listCallersDescriptors();
  const problem = findProblem(program);
  if (problem !== null) {
    return { ended: Promise.resolve({ ...problem, touched: [] }), signal: () => {}, end: () => Promise.resolve() };
  }
  const requests = await makeRequests(scenario);
  // Loaded while the sandbox starts: koffi, which it needs, takes 10 ms.
  const [sandbox, { startProgram }] = await Promise.all([
    launchSandbox({ isAlone: true, program: allowsNetAdmin ? 'strong' : 'weak', startsPrograms, signal }),
    import('../../sandbox/program/start.js'),
  ]);
  const { session, namespaces } = sandbox;
  try {
    await Promise.all([...requests, ...makeFaultRequests(plans)].map((request) => session.request(request)));
    const running = await startProgram(program, namespaces, descriptors);
    void session.request({ type: 'faults-begin' }).catch(() => {}); // the request at the end reports that the sandbox is gone
    let isEnded = false;
    const getEnd = async () => {
      try {
        const end = await running.ended;
        if (isEnded) {
          return { ...end, touched: [] };
        }
        // If the sandbox ended first, the program did not end by itself: these requests then fail.
        const touched = listTouched(faults, await session.request({ type: 'fault-hits' }));
        await session.request({ type: 'close' });
        running.assertEndedAlone();
        return { ...end, touched };
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

/** The requests for the world. Without a scenario the rule language is not loaded: that takes 20 ms. */
async function makeRequests(scenario: Scenario | null): Promise<Request[]> {
  if (scenario === null) {
    return [{ type: 'open', world: null, servers: [], isSandboxsOwn: true }];
  }
  const { makeWorldRequests } = await import('./world.js');
  return makeWorldRequests(scenario);
}

function makeFaultRequests(plans: FaultPlan[]): Request[] {
  return plans.length === 0 ? [] : [{ type: 'faults', plans }];
}
