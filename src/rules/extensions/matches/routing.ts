import { RuleError } from '../../errors.js';
import { type MatchExtension, type PlainParser, USUAL_MATCH } from '../../extension.js';
import { mark } from '../../values/numbers.js';

/**
 * Makes a parser for NUMBER[/MASK]. iptables-save writes the number 0 as the name that iproute2 gives it. Other names are refused, because
 * they depend on files of the machine.
 */
function numberOrName(what: string, nameOf0: string): PlainParser {
  return (text) => {
    if (/^[a-z]/i.test(text) && text !== nameOf0) {
      throw new RuleError(`"${text}" is not ${what} by number, for names depend on files of the machine`);
    }
    return mark(text === nameOf0 ? '0' : text);
  };
}

/** iptables-extensions(8), realm: the realm of the packet's route. */
export const realm: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'mark',
  families: ['ipv4'],
  least: 1,
  most: 1,
  place: { chains: ['INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'] },
  options: [{ flag: '--realm', values: [numberOrName('a realm', 'cosmos')], negatable: true }],
};

const group = numberOrName('a group of interfaces', 'default');

/** iptables-extensions(8), devgroup. All interfaces of a world are in the group 0. */
export const devgroup: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 2,
  options: [
    { flag: '--src-group', values: [group], negatable: true },
    { flag: '--dst-group', values: [group], negatable: true },
  ],
  place(options) {
    const has = (flag: string) => options.some((option) => option.flag === flag);
    const ofSource = has('--src-group') ? ['PREROUTING', 'INPUT', 'FORWARD'] : null;
    const ofDestination = has('--dst-group') ? ['FORWARD', 'OUTPUT', 'POSTROUTING'] : null;
    const chains = ofSource ?? ofDestination ?? [];
    return { chains: ofSource === null || ofDestination === null ? chains : ['FORWARD'] };
  },
};
