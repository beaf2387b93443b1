import { all, type Answer, any, flip, unknown } from '../world/answer.js';
import { listBytes, type PacketByte } from '../world/bytes.js';
import type { Packet } from '../world/packet.js';
import { type Condition, getValue, hasOption, type MatchModel } from '../rule/condition.js';

/** Bytes that differ from packet to packet hold a longer text only by a chance of one in 2^32. */
const UNLIKELY = 4;

/** net/netfilter/xt_string.c looks through the whole packet, headers too. --from and --to bound the place where the text begins. */
export const string: MatchModel = (options) => {
  const [text, hex] = [getValue(options, '--string'), getValue(options, '--hex-string')];
  const pattern = hex === '' ? Buffer.from(text) : Buffer.from(hex.replaceAll('|', ''), 'hex');
  const from = Number(getValue(options, '--from') || 0);
  const to = Number(getValue(options, '--to') || 65535);
  const negated = options.some((option) => option.negated);
  const isUnmodelled = hasOption(options, '--icase');
  return (packet) => (isUnmodelled ? unknown('string --icase') : flip(find(pattern, packet, from, to), negated));
};

function find(pattern: Buffer, packet: Packet, from: number, to: number): Answer {
  const bytes = listBytes(packet);
  let mayBe = false;
  for (let start = from; start <= Math.min(to, bytes.length) - pattern.length; start++) {
    const found = isAt(pattern, bytes, start);
    if (found === true) {
      return true;
    }
    mayBe ||= found !== false;
  }
  return mayBe && unknown('string');
}

function isAt(pattern: Buffer, bytes: PacketByte[], start: number): Answer {
  let doubts = 0;
  for (const [place, wanted] of pattern.entries()) {
    const { known, value } = bytes[start + place] ?? { known: 0, value: 0 };
    if ((wanted & known) !== value) {
      return false;
    }
    doubts += known === 0xff ? 0 : 1;
  }
  return doubts === 0 ? true : doubts >= UNLIKELY ? false : unknown('string');
}

/** A number of 32 bits, of which some bits may not be known. */
interface Word {
  known: number;
  value: number;
}

/** net/netfilter/xt_u32.c */
export const u32: MatchModel = (options) => {
  const negated = options.some((option) => option.negated);
  const tests = getValue(options, '--u32').split('&&').map(readTest);
  return (packet, place) => flip(all(tests.map((test) => test(packet, place))), negated);
};

/** LOCATION=VALUES: an offset, then operators with numbers; ranges FIRST:LAST. */
function readTest(text: string): Condition {
  const [location = '', values = ''] = text.split('=');
  const [offset = '', ...steps] = location.split(/(&|<<|>>|@)/);
  const ranges = values.split(',').map((range) => {
    const [first = '', last = first] = range.split(':');
    return [Number(first), Number(last)] as const;
  });
  return (packet) => {
    const bytes = listBytes(packet);
    let base = 0;
    let word = readWord(bytes, Number(offset));
    for (let at = 0; at < steps.length && word !== null; at += 2) {
      const number = Number(steps[at + 1]);
      if (steps[at] === '@') {
        if (word.known !== 0xffffffff) {
          return unknown('u32');
        }
        base += word.value;
        word = readWord(bytes, base + number);
      } else {
        word = calculate(word, steps[at], number);
      }
    }
    const found = word;
    return found !== null && any(ranges.map((range) => isWithin(found, range)));
  };
}

/** Four bytes in network order; null beyond the end of the packet, where the match fails. */
function readWord(bytes: PacketByte[], offset: number): Word | null {
  const four = bytes.slice(offset, offset + 4);
  const join = (of: 'known' | 'value') => four.reduce((sum, byte) => ((sum << 8) | byte[of]) >>> 0, 0);
  return four.length === 4 ? { known: join('known'), value: join('value') } : null;
}

function calculate({ known, value }: Word, operator: string | undefined, number: number): Word {
  switch (operator) {
    case '&':
      return { known: (known | ~number) >>> 0, value: (value & number) >>> 0 };
    case '<<':
      return { known: ((known << number) | (2 ** number - 1)) >>> 0, value: (value << number) >>> 0 };
    default:
      return { known: ((known >>> number) | ~(0xffffffff >>> number)) >>> 0, value: value >>> number };
  }
}

/** The bits that are not known may be anything. */
function isWithin({ known, value }: Word, [first, last]: readonly [number, number]): Answer {
  const most = (value | ~known) >>> 0;
  return value > last || most < first ? false : (value >= first && most <= last) || unknown('u32');
}
