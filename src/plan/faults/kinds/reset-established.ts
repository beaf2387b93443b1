import { BOTH_FAMILIES, type FaultKindRow } from '../kind.js';

/** A server that crashes and is there again at once. New connections are in order. */
export const resetEstablished: FaultKindRow = {
  help: 'existing connections are reset when it begins',
  sees: 'ECONNRESET at once, also while it waits',
  counts: 'a connection that was ended',
  families: BOTH_FAMILIES,
  packets: null,
  standing: 'end',
};
