import type { UserSockets } from '../../kernel/network/user-sockets.js';
import { hasGivenUpRoot } from '../../kernel/process/identity.js';
import { InternalError } from '../../model/errors.js';
import type { ProbePlan } from '../../model/plan.js';
import { PROTOCOLS } from '../../model/protocols.js';

/**
 * The descriptor of a socket that belongs to the client's user, made in the calling thread's network namespace; null if the client makes its
 * own. Without root the sandbox has one user, whom its own sockets belong to.
 */
export function takeUserSocket({ user, protocol, family }: ProbePlan, sockets: UserSockets | null): number | null {
  if (user === null || !hasGivenUpRoot()) {
    return null;
  }
  if (sockets === null) {
    throw new InternalError(`no process makes sockets of user ${user}: the sandbox was started without it`);
  }
  return sockets.make(user, PROTOCOLS[protocol].transport ?? 'icmp', family);
}
