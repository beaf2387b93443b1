import type { PlainParser } from '../extension.js';
import { readNumber, toHex } from './hex.js';

/** iptables-extensions(8), tos. A name stands for the six bits of the old Type of Service. */
const NAMES: Record<string, number> = {
  'minimize-delay': 0x10,
  'maximize-throughput': 0x08,
  'maximize-reliability': 0x04,
  'minimize-cost': 0x02,
  'normal-service': 0x00,
};

/** VALUE, VALUE/MASK or a name. The canonical form always has the mask. */
export const tos: PlainParser = (text) => {
  const named = NAMES[text.toLowerCase()];
  if (named !== undefined) {
    return `${toHex(named, 2)}/0x3f`;
  }
  const [value = '', mask = '0xff'] = text.split('/', 2);
  return `${toHex(readNumber('a type of service', value, 255), 2)}/${toHex(readNumber('a mask', mask, 255), 2)}`;
};
