import { ANSWERS } from '../../build/rules/values/icmp.js';

const DEFAULTS = ['icmp-port-unreachable', 'icmp6-port-unreachable'];
const ALL = ['tcp', 'udp', 'icmp'];

/** A row has a rule, and the cause that the kernel's evidence must show for its probe. The measurement fails if it shows another cause. */
const DROP = { id: 'DROP', title: '`DROP`', target: 'DROP', protocols: ALL, cause: 'dropped' };
/** No row for ICMP: an echo request needs no listener, because the stack itself answers it. */
const CLOSED = { id: 'none', title: 'none, nothing listens', target: null, protocols: ['tcp', 'udp'], cause: 'no-listener' };
const OPEN = { id: 'none', title: 'none', target: null, protocols: ['tcp'], cause: 'service' };

/** The rows for INPUT: every answer of REJECT in a family, then a DROP and a closed port for comparison. */
export function getInputRows(family) {
  return [...getRejects(family), DROP, CLOSED];
}

/** The rows for OUTPUT: the default answer, the RST, and a DROP. */
export function getOutputRows(family) {
  return [...getRejects(family).filter(({ isDefault, id }) => isDefault || id === 'tcp-reset'), DROP];
}

/** The rows for an open connection. It has a listener, so its data is answered if there is no rule. */
export function getEstablishedRows(family) {
  return [...getRejects(family), DROP, OPEN];
}

function getRejects({ id: family }) {
  return ANSWERS[family].map((answer) => {
    const isDefault = DEFAULTS.includes(answer);
    return {
      id: answer,
      title: `\`${answer}\`${isDefault ? ' (default)' : ''}`,
      target: `REJECT --reject-with ${answer}`,
      protocols: answer === 'tcp-reset' ? ['tcp'] : ALL,
      cause: 'rejected',
      isDefault,
    };
  });
}

/** Whether a row is a REJECT that answers with an ICMP error. */
export function isIcmpReject({ id, cause }) {
  return cause === 'rejected' && id !== 'tcp-reset';
}
