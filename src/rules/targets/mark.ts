import type { TargetExtension } from '../extension.js';
import { setMarkOptions } from '../values/set-mark.js';

/** iptables-extensions(8), MARK. */
export const mark: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'mark',
  isPlain: false,
  least: 1,
  most: 1,
  options: setMarkOptions,
};
