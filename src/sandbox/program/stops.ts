import { isStopped, type ProcessNumbers } from '../../kernel/process/program/child.js';

/** After Ctrl-Z, or fg, the signal has reached the whole process group in much less than this time. */
const SETTLED_MS = 20;
const LOOK_AGAIN_MS = 100;

interface Watched {
  /** nsenter(1), which stops itself when the program has been stopped, and waits until it is continued. */
  findWaiter: () => ProcessNumbers | null;
  findProgram: () => ProcessNumbers | null;
  /** Whether there is a terminal, so that somebody may continue loopfw (fg). */
  hasTerminal: boolean;
}

/**
 * Lets a shell see that the program has been stopped: this process then stops, too. When this process is continued, so is the program.
 * Ctrl-Z and fg reach all of them at once. But a program may ignore Ctrl-Z, stop itself, or be stopped or continued by somebody else.
 */
export function watchStops({ findWaiter, findProgram, hasTerminal }: Watched): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let wasStopped = false;
  const look = () => {
    const waiter = findWaiter();
    if (waiter === null || !isStopped(waiter.shown)) {
      wasStopped = false;
      return;
    }
    const program = findProgram();
    if (program === null || !isStopped(program.shown)) {
      process.kill(waiter.own, 'SIGCONT');
    } else if (hasTerminal && wasStopped) {
      process.kill(process.pid, 'SIGSTOP');
    }
    lookLater(wasStopped ? LOOK_AGAIN_MS : SETTLED_MS);
    wasStopped = !wasStopped;
  };
  const lookLater = (delayMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(look, delayMs);
  };
  const onStop = () => lookLater(SETTLED_MS);
  const onContinued = () => {
    wasStopped = false;
    const waiter = findWaiter();
    if (waiter !== null) {
      process.kill(waiter.own, 'SIGCONT'); // it continues the program
    }
    lookLater(SETTLED_MS);
  };
  process.on('SIGTSTP', onStop); // without it Ctrl-Z would stop this process, even if the program goes on
  process.on('SIGCHLD', onStop);
  process.on('SIGCONT', onContinued);
  return {
    close: () => {
      clearTimeout(timer);
      process.off('SIGTSTP', onStop);
      process.off('SIGCHLD', onStop);
      process.off('SIGCONT', onContinued);
    },
  };
}
