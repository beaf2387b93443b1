import { connect } from 'node:net';
import { InternalError } from '../errors.js';
import type { ProbePlan } from '../model/plan.js';
import { getErrnoOutcome } from './errno-outcomes.js';
import type { ClientView, RunningProbe } from './running-probe.js';

const REPLY_LIMIT = 1 << 20;

/**
 * A TCP client as Node, browsers and curl are: a non-blocking connect(2) from a bound address and port. With something to
 * send, or a reply to wait for, it goes on until that has come.
 */
export function startTcpProbe(plan: ProbePlan, port: number): RunningProbe {
  const started = performance.now();
  const socket = connect({ host: plan.to.address, port: plan.to.port, localAddress: plan.from, localPort: port });
  let connected = false;
  let timer: NodeJS.Timeout | undefined;

  const view = new Promise<ClientView>((resolve, reject) => {
    let received = Buffer.alloc(0);
    const getReply = () => (received.length === 0 ? null : received.toString('utf8'));
    // A banner comes by itself: to have sent something and have had the banner is not to have been answered.
    const isAnswered = () => plan.send === null || received.length > plan.bannerBytes;
    const hasAll = () => received.length > REPLY_LIMIT || (isAnswered() && (plan.reply === null || received.includes(plan.reply)));
    const finish = (outcome: ClientView['outcome'], errno: string | null) => {
      clearTimeout(timer);
      resolve({ outcome, errno, elapsedMs: Math.round((performance.now() - started) * 1000) / 1000, reply: getReply() });
    };
    // Without anything to send, the handshake alone means connected, however long a reply fails to come.
    const finishAtLimit = () => finish(connected && isAnswered() ? 'connected' : 'timeout', null);
    timer = setTimeout(finishAtLimit, plan.timeoutMs);

    socket.on('connect', () => {
      connected = true;
      if (plan.send !== null) {
        socket.write(plan.send);
      } else if (plan.reply === null) {
        finish('connected', null);
      }
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (hasAll()) {
        finish('connected', null);
      }
    });
    socket.on('end', () => finish('connected', null));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const outcome = error.syscall === 'bind' ? null : getErrnoOutcome(error.code ?? '');
      if (outcome === null) {
        clearTimeout(timer);
        reject(new InternalError(`the client ${plan.from}:${port} could not be made: ${error.message}`));
      } else {
        finish(outcome, error.code ?? null);
      }
    });
  });

  const close = () => {
    clearTimeout(timer);
    if (connected) {
      socket.resetAndDestroy(); // a RST instead of a FIN: no TIME_WAIT and no late packets
    } else {
      socket.destroy(); // resetAndDestroy() would wait for a connection that may never come
    }
  };
  return { view, close };
}
