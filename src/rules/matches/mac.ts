import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';

function macAddress(text: string): string {
  if (/^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(text)) {
    return text.toLowerCase();
  }
  throw new RuleError(`"${text}" is not a MAC address: write XX:XX:XX:XX:XX:XX`);
}

/** iptables-extensions(8), mac. */
export const mac: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 1,
  place: { chains: ['PREROUTING', 'INPUT', 'FORWARD'] },
  options: [{ flag: '--mac-source', values: [macAddress], negatable: true }],
};
