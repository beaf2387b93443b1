import { BOTH_FAMILIES, type FaultKindRow } from '../kind.js';

/** A NAT or a firewall that has forgotten its flows. New connections are in order. */
export const blackholeEstablished: FaultKindRow = {
  help: 'existing connections fall silent when it begins',
  sees: 'silence',
  counts: 'a connection that fell silent',
  families: BOTH_FAMILIES,
  packets: null,
  standing: 'silence',
};
