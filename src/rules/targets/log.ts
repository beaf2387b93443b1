import type { TargetExtension } from '../extension.js';
import { choice } from '../values/choice.js';
import { prefixText } from '../values/prefix-text.js';
import { unlessDefault } from '../with-defaults.js';

const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'];
const ALIASES: Record<string, string> = { panic: 'emerg', err: 'error', warn: 'warning' };
const named = choice('a level of syslog', LEVELS);

function level(text: string): string {
  return /^[0-7]$/.test(text) ? text : String(LEVELS.indexOf(named(ALIASES[text.toLowerCase()] ?? text)));
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
    { flag: '--log-prefix', values: [prefixText(29)], negatable: false, simplify: unlessDefault('') },
    { flag: '--log-level', values: [level], negatable: false, simplify: unlessDefault('4') },
    ...['--log-tcp-sequence', '--log-tcp-options', '--log-ip-options', '--log-uid', '--log-macdecode'].map((flag) => ({
      flag,
      values: [],
      negatable: false,
    })),
  ],
};
