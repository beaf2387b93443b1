import { readAddressRange } from '../../rules/values/address-range.js';
import { changing, type TargetModel } from '../rule/action.js';
import { getValue } from '../rule/condition.js';
import type { Manipulation } from '../world/packet.js';

const WORDS = 8;

/**
 * net/ipv6/netfilter/ip6t_NPT.c writes the new prefix into each packet, whatever its prefix was. It changes one more word, so that the sum over
 * the address stays: the word after a prefix of 48 bits, otherwise the first later one that is not 0xffff (RFC 6296).
 */
function translate(at: Manipulation): TargetModel {
  return (options) => {
    const [from, to] = ['--src-pfx', '--dst-pfx'].map((flag) => {
      const [network = '', length = '64'] = getValue(options, flag).split('/');
      return { digits: readAddressRange(network)?.[0] ?? '', length: Number(length) };
    });
    const length = Math.max(from?.length ?? 0, to?.length ?? 0);
    const adjustment = subtract(sum(toWords(from?.digits ?? '')), sum(toWords(to?.digits ?? '')));
    return changing((packet) => {
      const bits = BigInt(128 - length);
      const host = BigInt(`0x${packet[at].address}`) & ((1n << bits) - 1n);
      const words = toWords((((BigInt(`0x${to?.digits ?? ''}`) >> bits) << bits) | host).toString(16).padStart(32, '0'));
      const place = length <= 48 ? 3 : words.findIndex((word, index) => index >= 4 && word !== 0xffff);
      if (place !== -1) {
        const adjusted = sum([words[place] ?? 0, adjustment]);
        words[place] = adjusted === 0xffff ? 0 : adjusted;
        packet[at] = { ...packet[at], address: words.map((word) => word.toString(16).padStart(4, '0')).join('') };
      }
    });
  };
}

function toWords(digits: string): number[] {
  return Array.from({ length: WORDS }, (_, place) => parseInt(digits.slice(place * 4, place * 4 + 4), 16));
}

/** The sum in ones' complement (RFC 1071). */
function sum(words: number[]): number {
  let total = words.reduce((all, word) => all + word, 0);
  while (total > 0xffff) {
    total = (total & 0xffff) + (total >> 16);
  }
  return total;
}

function subtract(one: number, other: number): number {
  return sum([one, ~other & 0xffff]);
}

export const snpt = translate('source');
export const dnpt = translate('destination');
