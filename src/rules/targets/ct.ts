import { assertHasHelper, HELPERS } from '../assert-has-helper.js';
import type { TargetExtension } from '../extension.js';
import { unlessDefault } from '../with-defaults.js';
import { choice } from '../values/choice.js';
import { integer } from '../values/integer.js';
import { nameList } from '../values/name-list.js';

const EVENTS = ['NEW', 'RELATED', 'DESTROY', 'REPLY', 'ASSURED', 'PROTOINFO', 'HELPER', 'MARK', 'NATSEQINFO', 'SECMARK'];
const events = nameList('an event', EVENTS);
const number = integer('a zone', 0, 65535);

function zone(text: string): string {
  return text === 'mark' ? text : number(text);
}

/** iptables-extensions(8), CT, without --timeout: it needs an object that a world does not have. */
export const ct: TargetExtension = {
  stability: (options) => (options.some(({ values }) => values[0] === 'mark') ? 'mark' : 'packet'),
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  least: 0,
  most: 4,
  place: { tables: ['raw'] },
  alternatives: [
    ['--zone', '--zone-orig', '--zone-reply'],
    ['--notrack', '--helper'],
    ['--notrack', '--ctevents'],
    ['--notrack', '--expevents'],
    ...['--zone', '--zone-orig', '--zone-reply'].map((flag) => ['--notrack', flag]),
  ],
  options: [
    { flag: '--notrack', values: [], negatable: false },
    { flag: '--helper', values: [choice('a helper', Object.keys(HELPERS))], negatable: false },
    { flag: '--ctevents', values: [(text) => events(text).toLowerCase()], negatable: false },
    { flag: '--expevents', values: [(text) => nameList('an event', ['NEW'])(text).toLowerCase()], negatable: false },
    { flag: '--zone-orig', values: [zone], negatable: false, simplify: unlessDefault('0') },
    { flag: '--zone-reply', values: [zone], negatable: false, simplify: unlessDefault('0') },
    { flag: '--zone', values: [zone], negatable: false, simplify: unlessDefault('0') },
  ],
  assertFits(options, surroundings) {
    const helper = options.find(({ flag }) => flag === '--helper');
    if (helper !== undefined) {
      assertHasHelper(helper, surroundings);
    }
  },
};

/** iptables-extensions(8), NOTRACK. */
export const notrack: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  least: 0,
  most: 0,
  place: { tables: ['raw'] },
  options: [],
};
