import type { Program, ProgramEnd } from '../../model/program.js';
import { listCallersDescriptors } from '../../sandbox/program/descriptors.js';
import { findProblem } from '../../sandbox/program/lookup.js';
import type { TouchedFault } from './control-types.js';
import { HostedWorld, type HostedWorldOptions } from './hosted-world.js';

export interface RunningUnderFaults {
  signal(signal: NodeJS.Signals): void;
  /** How the program ended, and what the faults have hit: nothing is known of that if the world ended before the program. */
  ended: Promise<ProgramEnd & { touched: TouchedFault[] }>;
  /** Ends the program and everything else in its world. */
  end(): Promise<void>;
}

/** What a program reaches its world by: the variables that name it, and its end. */
export interface Door {
  env: Record<string, string>;
  close: () => Promise<void>;
}

/**
 * Runs a program in a world of its own, with the caller's terminal and open files. Connections fail there as the faults say.
 * @param openDoor opens what the program controls its world by
 */
export async function runUnderFaults(
  program: Program,
  options: HostedWorldOptions,
  openDoor: (world: HostedWorld) => Promise<Door>,
): Promise<RunningUnderFaults> {
  const descriptors = listCallersDescriptors();
  const problem = findProblem(program);
  if (problem !== null) {
    return { ended: Promise.resolve({ ...problem, touched: [] }), signal: () => {}, end: () => Promise.resolve() };
  }
  // Loaded while the sandbox starts: koffi, which it needs, takes 10 ms.
  const loading = import('../../sandbox/program/start.js');
  loading.catch(() => {}); // it is awaited below
  const world = await HostedWorld.open(options);
  let door: Door | null = null;
  try {
    const { close, env } = (door = await openDoor(world));
    const { startProgram } = await loading;
    const running = await startProgram({ ...program, env: { ...program.env, ...env } }, world.namespaces, descriptors);
    world.begin();
    let isEnded = false;
    const getEnd = async () => {
      try {
        const end = await running.ended;
        await close();
        if (isEnded) {
          return { ...end, touched: [] };
        }
        // If the sandbox ended first, the program did not end by itself: these requests then fail.
        const touched = await world.listTouched();
        running.assertEndedAlone();
        await world.close();
        return { ...end, touched };
      } finally {
        await world.end();
      }
    };
    const end = () => {
      isEnded = true;
      return world.end();
    };
    return { ended: getEnd(), signal: (name) => running.signal(name), end };
  } catch (error) {
    await door?.close();
    await world.close(); // if the sandbox has ended, this throws the reason: the first error is only a consequence of it
    throw error;
  }
}
