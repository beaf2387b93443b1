import { quote } from '../words/phrases.js';

const PORT = /^[1-9][0-9]{0,4}$/;
const LAST = 65535;

/** Parses a port, or a range of ports such as `8000-8010`. The problem is the reason why the text is neither. */
export function parsePorts(text: string): { first: number; last: number } | { problem: string } {
  const [first = '', last = first, ...more] = text.split('-');
  if (more.length > 0 || ![first, last].every((port) => PORT.test(port) && Number(port) <= LAST)) {
    return { problem: `expected a port from 1 to ${LAST}, or a range such as 8000-8010, found ${quote(text)}` };
  }
  if (Number(first) > Number(last)) {
    return { problem: `expected a range from the lower port to the higher one, found ${quote(text)}` };
  }
  return { first: Number(first), last: Number(last) };
}
