/** What a datagram or an echo request holds where the scenario does not say it: an empty one could not be told from none. */
export const DEFAULT_DATA = 'loopfw';
