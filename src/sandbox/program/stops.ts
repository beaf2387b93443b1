import { isStopped, type ProcessNumbers } from '../../kernel/process/program/child.js';

/** After Ctrl-Z, or fg, the signal has reached the whole process group in much less than this time. */
const SETTLED_MS = 20;

/**
 * Lets a shell see that the program has been stopped: this process then stops, too. When this process is continued, so is the program.
 * Ctrl-Z and fg reach both. But a program may ignore Ctrl-Z, stop itself, or be stopped by somebody else.
 * Only for a process with a terminal: elsewhere nobody would continue it.
 */
export function mirrorStops(program: ProcessNumbers): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  /** The second look decides: at the first one fg may not have reached the program yet. */
  let wasStopped = false;
  const look = () => {
    const isNowStopped = isStopped(program.shown);
    if (isNowStopped && wasStopped) {
      process.kill(process.pid, 'SIGSTOP');
    } else if (isNowStopped) {
      timer = setTimeout(look, SETTLED_MS);
    }
    wasStopped = isNowStopped && !wasStopped;
  };
  const lookLater = () => {
    clearTimeout(timer);
    wasStopped = false;
    timer = setTimeout(look, SETTLED_MS);
  };
  const onContinued = () => {
    if (isStopped(program.shown)) {
      process.kill(program.own, 'SIGCONT');
    }
    lookLater();
  };
  process.on('SIGTSTP', lookLater); // without it Ctrl-Z would stop this process, even if the program goes on
  process.on('SIGCHLD', lookLater);
  process.on('SIGCONT', onContinued);
  lookLater();
  return {
    close: () => {
      clearTimeout(timer);
      process.off('SIGTSTP', lookLater);
      process.off('SIGCHLD', lookLater);
      process.off('SIGCONT', onContinued);
    },
  };
}
