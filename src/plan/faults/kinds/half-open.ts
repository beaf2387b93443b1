import { BOTH_FAMILIES, type FaultKindRow } from '../kind.js';

/** A server that has lost its power and is there again. New connections are in order. */
export const halfOpen: FaultKindRow = {
  help: 'the server forgets existing connections: silence, and ECONNRESET at the next use',
  sees: 'silence while it waits, ECONNRESET when it sends',
  counts: 'a connection that was ended',
  families: BOTH_FAMILIES,
  packets: null,
  standing: 'end-silently',
};
