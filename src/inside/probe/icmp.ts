import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { IcmpSocket } from '../../kernel/sockets/icmp.js';
import type { ProbePlan } from '../../model/plan.js';
import { ClientLog } from './log.js';
import { DEFAULT_DATA, type RunningProbe } from './running.js';

const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 20;

/** Sends one ICMP echo request. The identifier is used like the client port of other protocols. */
export function startIcmpProbe(plan: ProbePlan, identifier: number, given: number | null): RunningProbe {
  const log = new ClientLog(plan, identifier);
  let socket: IcmpSocket;
  try {
    socket = new IcmpSocket(plan.family, plan.from, identifier, given);
  } catch (error) {
    log.noteError({ syscall: 'bind', message: String(error) });
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close: () => log.stop() };
  }
  let isOpen = true;
  log.noteConnected();
  const errno = socket.send(plan.family, plan.to.address, plan.send ?? DEFAULT_DATA);
  if (errno === null) {
    listen(socket, log, () => isOpen).catch((error: unknown) => log.noteError({ message: String(error) }));
  } else {
    log.noteError({ code: errno, message: errno });
  }
  const close = () => {
    log.stop();
    if (isOpen) {
      isOpen = false;
      socket.close();
    }
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}

/** Reads the socket at growing intervals. On lo the first read finds the answer. */
async function listen(socket: IcmpSocket, log: ClientLog, isOpen: () => boolean): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; isOpen(); pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const heard = socket.receive();
    if (heard === null) {
      await (pauseMs === FIRST_PAUSE_MS ? nextTurn() : sleep(pauseMs));
    } else if ('errno' in heard) {
      log.noteError({ code: heard.errno, message: heard.errno });
      return;
    } else {
      log.noteReceived(Buffer.from(heard.reply));
    }
  }
}
