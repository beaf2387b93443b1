import { RuleError } from '../../errors.js';
import type { TargetExtension } from '../../extension.js';
import { prefix } from '../../values/addresses.js';

/** The longest prefix that the kernel translates (net/ipv6/netfilter/ip6t_NPT.c). */
const LONGEST = 64;

function networkPrefix(text: string): string {
  const network = prefix(text, 'ipv6');
  const length = Number(network.split('/')[1]);
  if (length === 0) {
    throw new RuleError(`a prefix of 0 bits is lost by iptables-save, which writes nothing for ${text}`);
  }
  if (length > LONGEST) {
    throw new RuleError(`${text} has a prefix of ${length} bits: 1 to ${LONGEST} are possible`);
  }
  return network;
}

function translatePrefix(name: string, chains: string[]): TargetExtension {
  return {
    stability: 'packet',
    verdict: 'continue',
    effect: 'fate',
    isPlain: false,
    families: ['ipv6'],
    least: 2,
    most: 2,
    place: { tables: ['mangle'], chains },
    options: ['--src-pfx', '--dst-pfx'].map((flag) => ({ flag, values: [networkPrefix], negatable: false })),
    getUnsupported: (_options, _rule, backend) =>
      backend === 'legacy'
        ? `${name} is for the nft back end only: in the trace of the legacy back end a packet with another address is another packet`
        : null,
    assertFits(options) {
      if (options.length < 2) {
        throw new RuleError(`${name} needs --src-pfx and --dst-pfx`);
      }
    },
  };
}

/** iptables-extensions(8), SNPT. It writes another prefix into the source address, and remembers nothing. */
export const snpt = translatePrefix('SNPT', ['INPUT', 'POSTROUTING']);

/** iptables-extensions(8), DNPT. The same for the destination address. */
export const dnpt = translatePrefix('DNPT', ['PREROUTING', 'OUTPUT']);
