import { RuleError } from '../../errors.js';
import type { TargetExtension } from '../../extension.js';
import { choice, prefixText } from '../../values/names.js';
import { integer } from '../../values/numbers.js';
import { unlessDefault } from '../../values/options.js';

const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'];
const named = choice('a level of syslog', LEVELS);

function level(text: string): string {
  return /^[0-7]$/.test(text) ? text : String(LEVELS.indexOf(named(text === 'panic' ? 'emerg' : text)));
}

/** iptables-extensions(8), LOG. In a network namespace it logs nothing, unless the machine sets net.netfilter.nf_log_all_netns. */
export const log: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: false,
  least: 0,
  most: 7,
  options: [
    { flag: '--log-prefix', values: [prefixText(29)], negatable: false },
    { flag: '--log-level', values: [level], negatable: false, simplify: unlessDefault('4') },
    ...['--log-tcp-sequence', '--log-tcp-options', '--log-ip-options', '--log-uid', '--log-macdecode'].map((flag) => ({
      flag,
      values: [],
      negatable: false,
    })),
  ],
};

/** iptables-extensions(8), NFLOG. iptables-nft loses --nflog-range, which never had an effect. */
export const nflog: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: false,
  least: 0,
  most: 4,
  options: [
    { flag: '--nflog-prefix', values: [prefixText(127)], negatable: false },
    { flag: '--nflog-group', values: [integer('a group', 0, 65535)], negatable: false },
    { flag: '--nflog-size', values: [integer('a number of bytes', 0, 0xffffffff)], negatable: false },
    {
      flag: '--nflog-threshold',
      values: [integer('a number of packets', 0, 65535)],
      negatable: false,
      simplify: (option) => (['0', '1'].includes(option.values[0] ?? '') ? null : option),
    },
  ],
  getUnsupported: (options, _rule, backend) =>
    backend === 'legacy' && options.some(({ flag, values }) => flag === '--nflog-prefix' && Buffer.byteLength(values[0] ?? '') > 63)
      ? 'the legacy back end cuts a prefix of NFLOG to 63 bytes: shorten it'
      : null,
  assertFits(options) {
    if (!options.some(({ flag, values }) => flag === '--nflog-group' && values[0] !== '0')) {
      throw new RuleError(
        "NFLOG to group 0 is refused: loopfw's own trace of the legacy back end comes there; give --nflog-group 1 or more",
      );
    }
  },
};
