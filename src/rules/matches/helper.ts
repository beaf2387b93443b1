import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { objectName } from '../values/object-name.js';

/** iptables-extensions(8), helper. */
export const helper: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'expected',
  least: 1,
  most: 1,
  options: [{ flag: '--helper', values: [objectName('a helper', 28)], negatable: true }],
};
