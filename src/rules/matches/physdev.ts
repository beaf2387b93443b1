import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { interfaceName } from '../values/interface-name.js';

/** The name of a bridge port. "+" alone is refused, because it matches every port. */
function port(text: string): string {
  const name = interfaceName(text, false);
  if (name === null) {
    throw new RuleError('+ alone says nothing: use --physdev-is-in or --physdev-is-out');
  }
  return name.value;
}

/** iptables-extensions(8), physdev. In OUTPUT a packet has no bridge port to leave by yet, so `place` excludes that chain. */
export const physdev: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 5,
  options: [
    { flag: '--physdev-in', values: [port], negatable: true },
    { flag: '--physdev-is-in', values: [], negatable: true },
    { flag: '--physdev-out', values: [port], negatable: true },
    { flag: '--physdev-is-out', values: [], negatable: true },
    { flag: '--physdev-is-bridged', values: [], negatable: true },
  ],
  place: (options) =>
    options.some(({ flag }) => flag.endsWith('out')) ? { chains: ['PREROUTING', 'INPUT', 'FORWARD', 'POSTROUTING'] } : {},
};
