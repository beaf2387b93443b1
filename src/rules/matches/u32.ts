import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { u32Tests } from '../values/u32-tests.js';

/** iptables-extensions(8), u32. */
export const u32: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  nftBytes: 2100,
  least: 1,
  most: 1,
  options: [{ flag: '--u32', values: [u32Tests], negatable: true }],
};
