import type { Extension } from '../extension.js';
import { integer } from '../values/integer.js';
import { portRange } from '../values/port.js';
import { tcpFlags } from '../values/tcp-flags.js';
import { RuleError } from '../rule-error.js';

const isAnyPort = ([ports]: string[]) => ports === '0:65535';

/** NONE examines no flag: iptables-save drops it, whatever it is compared with. */
function isNoFlag([mask, set]: string[]): boolean {
  if (mask !== 'NONE') return false;
  if (set === 'NONE') return true;
  throw new RuleError(`--tcp-flags NONE ${set} examines no flag and would never match`);
}

/**
 * iptables-extensions(8), tcp. With `! -p tcp` iptables-nft takes it and then looks for ports where there are none: refused, as the
 * legacy back end does. Of two `--dport` in two `-m tcp`, iptables-save shows only one, so all `-m tcp` of a rule are one match.
 */
export const tcp: Extension = {
  protocols: ['tcp'],
  isMerged: true,
  least: 0,
  most: 4,
  options: [
    { flag: '--sport', aliases: ['--source-port'], values: [portRange], negatable: true, isNoOp: isAnyPort },
    { flag: '--dport', aliases: ['--destination-port'], values: [portRange], negatable: true, isNoOp: isAnyPort },
    { flag: '--tcp-option', values: [integer('a TCP option', 1, 255)], negatable: true },
    { flag: '--tcp-flags', values: [tcpFlags, tcpFlags], negatable: true, isNoOp: isNoFlag },
    { flag: '--syn', values: [], negatable: true, standsFor: { flag: '--tcp-flags', values: ['FIN,SYN,RST,ACK', 'SYN'] } },
  ],
};
