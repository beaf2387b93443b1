import { PROTOCOLS } from '../../../model/protocols.js';
import type { Protocol } from '../../../model/result.js';

/** The schemes of URLs: one for each protocol. */
export const SCHEMES = Object.keys(PROTOCOLS).filter(isProtocol);

/**
 * The forms of a URL in words, for messages and help. They have a file of their own: with the parser of URLs, each start of the program would
 * load the parser of addresses too (1 of 66 ms).
 */
export const URL_FORMS = describeForms();

export function isProtocol(scheme: string): scheme is Protocol {
  return Object.hasOwn(PROTOCOLS, scheme);
}

/** `tcp://ADDRESS:PORT (or udp://, http://), or icmp://ADDRESS` */
function describeForms(): string {
  const [first = '', ...others] = SCHEMES.filter((scheme) => PROTOCOLS[scheme].hasPort).map((scheme) => `${scheme}://`);
  const bare = SCHEMES.filter((scheme) => !PROTOCOLS[scheme].hasPort).map((scheme) => `, or ${scheme}://ADDRESS`);
  return `${first}ADDRESS:PORT (or ${others.join(', ')})${bare.join('')}`;
}
