import { isIP } from 'node:net';
import { quote } from '../words/phrases.js';
import { didYouMean } from '../words/suggestion.js';
import type { Hosts } from './resolve-hosts.js';

/**
 * Replaces a host's name in a URL by its address. The problem is an unknown host. The result is null if the host's address has an error,
 * which has been reported already.
 */
export function replaceHost(url: string, hosts: Hosts): string | { problem: string } | null {
  const [, scheme = '', name = '', rest = ''] = /^(\w+:\/\/)([\w.-]+)(.*)$/s.exec(url) ?? [];
  const address = hosts.get(name);
  if (address === undefined) {
    const isMistaken = hosts.size > 0 && /[a-z_-]/i.test(name);
    return isMistaken ? { problem: `no host ${quote(name)}${didYouMean(name, hosts.keys())}` } : url;
  }
  return address === null ? null : `${scheme}${isIP(address) === 6 ? `[${address}]` : address}${rest}`;
}
