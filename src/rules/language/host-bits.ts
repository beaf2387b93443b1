import { isIP } from 'node:net';
import type { Family } from '../../model/rule.js';
import { splitShellWords } from '../quoting.js';
import { network } from '../values/addresses.js';

const ADDRESS_FLAGS = ['-s', '--source', '--src', '-d', '--destination', '--dst'];

/** Finds an address of -s or -d with bits below its prefix in a rule string that can be read. null if there is none. */
export function findHostBits(text: string, family: Family): { written: string; read: string } | null {
  if (!text.includes('/')) {
    return null;
  }
  const words = splitShellWords(text);
  for (const [place, word] of words.entries()) {
    for (const written of ADDRESS_FLAGS.includes(words[place - 1] ?? '') ? word.split(',') : []) {
      const read = readHostBits(written, family);
      if (read !== null) {
        return { written, read };
      }
    }
  }
  return null;
}

/** What iptables makes of an address that has bits below its prefix. null for every other text. */
export function readHostBits(text: string, family: Family): string | null {
  const [host = '', mask] = text.split('/');
  if (mask === undefined || isIP(host) !== (family === 'ipv4' ? 4 : 6)) {
    return null;
  }
  const read = network(text, family);
  return read.split('/')[0] === network(host, family).split('/')[0] ? null : read;
}
