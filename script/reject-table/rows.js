import { ANSWERS } from '../../build/rules/values/reject-type.js';

const DEFAULTS = ['icmp-port-unreachable', 'icmp6-port-unreachable'];
const ALL = ['tcp', 'udp', 'icmp'];

/** A rule and what the kernel's evidence must say of a probe that meets it; with anything else the measurement fails. */
const DROP = { id: 'DROP', title: '`DROP`', target: 'DROP', protocols: ALL, cause: 'dropped' };
/** An echo request needs no listener: the stack itself answers it. */
const CLOSED = { id: 'none', title: 'none, nothing listens', target: null, protocols: ['tcp', 'udp'], cause: 'no-listener' };
const OPEN = { id: 'none', title: 'none', target: null, protocols: ['tcp'], cause: 'service' };

/** INPUT: every answer that REJECT has in a family, then a DROP and a closed port for comparison. */
export function getInputRows(family) {
  return [...getRejects(family), DROP, CLOSED];
}

/** OUTPUT: the default answer, the RST, and a DROP. */
export function getOutputRows(family) {
  return [...getRejects(family).filter(({ isDefault, id }) => isDefault || id === 'tcp-reset'), DROP];
}

/** An open connection: it has a listener, so without a rule its data is answered. */
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

/** A REJECT that answers with an ICMP error. */
export function isIcmpReject({ id, cause }) {
  return cause === 'rejected' && id !== 'tcp-reset';
}
