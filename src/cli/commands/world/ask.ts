import { EnvironmentError, InternalError, UsageError } from '../../../model/errors.js';
import { ControlRequestError, WorldControl } from '../../../run/world/control/client.js';
import { makeHarmless } from '../../../words/harmless.js';
import { CONTROL } from '../../../run/world/control/variable.js';

/** The errors of a request, as those of a command: they decide the exit code. */
const ERRORS: Record<ControlRequestError['code'], (message: string) => Error> = {
  usage: (message) => new UsageError(message),
  'not-found': (message) => new UsageError(message),
  conflict: (message) => new UsageError(message),
  environment: (message) => new EnvironmentError(message),
  internal: (message) => new InternalError(message),
};

/**
 * Asks the world in which this command was typed.
 * @param line the command as it can be typed in a world
 * @throws UsageError outside of a world, and for a mistake in the request · EnvironmentError where the world has ended
 */
export async function askWorld<Answer>(line: string, question: (world: WorldControl) => Promise<Answer>): Promise<Answer> {
  const socket = process.env[CONTROL];
  if (socket === undefined) {
    throw new UsageError(
      `there is no world here (${CONTROL} is not set). Write loopfw shell, and there ${line}; or loopfw exec -- sh -c '${line}; …'`,
    );
  }
  try {
    return await question(new WorldControl(socket, makeTeller()));
  } catch (error) {
    throw error instanceof ControlRequestError ? ERRORS[error.code](error.message) : error;
  }
}

/** Tells on standard error what an answer says beside its body, each text once. */
function makeTeller(): (notice: string) => void {
  const told = new Set<string>();
  return (notice) => {
    if (!told.has(notice)) {
      told.add(notice);
      process.stderr.write(`loopfw: ${makeHarmless(notice)}\n`);
    }
  };
}
