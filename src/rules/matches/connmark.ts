import type { Extension } from '../extension.js';
import { mark } from '../values/masked.js';

/** iptables-extensions(8), connmark. */
export const connmark: Extension = {
  dependsOnHistory: true,
  least: 1,
  most: 1,
  options: [{ flag: '--mark', values: [mark], negatable: true }],
};
