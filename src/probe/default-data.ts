/**
 * The data of a datagram or an echo request for which the scenario gives none. It is not empty, because an empty reply looks like no reply.
 */
export const DEFAULT_DATA = 'loopfw';
