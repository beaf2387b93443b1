import type { FaultKind } from '../../model/program.js';
import type { FaultKindRow } from './kind.js';
import { adminProhibited } from './kinds/admin-prohibited.js';
import { answerEaten } from './kinds/answer-eaten.js';
import { blackholeEstablished } from './kinds/blackhole-established.js';
import { closedAfter } from './kinds/closed-after.js';
import { dropped } from './kinds/dropped.js';
import { halfOpen } from './kinds/half-open.js';
import { hostUnreachable } from './kinds/host-unreachable.js';
import { mtuBlackhole } from './kinds/mtu-blackhole.js';
import { netUnreachable } from './kinds/net-unreachable.js';
import { protoUnreachable } from './kinds/proto-unreachable.js';
import { refused } from './kinds/refused.js';
import { replyLost } from './kinds/reply-lost.js';
import { resetEstablished } from './kinds/reset-established.js';

/** All kinds of faults. It loads no rule language: the help of `exec` lists them. */
export const FAULTS: Record<FaultKind, FaultKindRow> = {
  refused,
  dropped,
  'answer-eaten': answerEaten,
  'host-unreachable': hostUnreachable,
  'net-unreachable': netUnreachable,
  'admin-prohibited': adminProhibited,
  'proto-unreachable': protoUnreachable,
  'reset-established': resetEstablished,
  'blackhole-established': blackholeEstablished,
  'half-open': halfOpen,
  'reply-lost': replyLost,
  'mtu-blackhole': mtuBlackhole,
  'closed-after': closedAfter,
};
