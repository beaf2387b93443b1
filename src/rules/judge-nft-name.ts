import { isIP, isIPv4 } from 'node:net';
import { isHarmlessNftWord, NFT_SERVICES } from './nft-known-names.js';
import type { NftKind } from './nft-value-kinds.js';
import type { NftItem } from './read-nft-items.js';
import { isProtocolName } from './values/protocol.js';

const REASONS: Record<Exclude<NftKind, 'own'>, string> = {
  address: 'host names are not looked up, write the address',
  service: "it is none of the services that everybody knows, and would be looked up in the machine's list: write the number",
  protocol: "it is none of the protocols that everybody knows, and would be looked up in the machine's list: write the number",
  user: 'users of the machine are not looked up, write the number',
  group: 'groups of the machine are not looked up, write the number',
  mark: 'names of marks are not looked up, write the number',
  realm: 'names of realms are not looked up, write the number',
  devgroup: 'names of groups of interfaces are not looked up, write the number',
  label: 'names of labels are not looked up, write the number',
  raw: 'names are not looked up, write the number',
  unknown: 'nft might look it up on the machine where it stands, unless it is misspelled',
};

const NUMBER = /^(?:0[0-7]{0,20}|[1-9]\d{0,18}|0[xX][0-9A-Fa-f]{1,16})$/;

/** The message that refuses this word as a value of this kind. null if loopfw accepts it. */
export function getNftNameRefusal(item: NftItem, kind: NftKind): string | null {
  const isSafe = kind === 'own' || (kind === 'unknown' ? isSafeAnywhere(item) : isSafeValue(item, kind));
  return isSafe ? null : `"${item.text}" is refused: ${REASONS[kind]}`;
}

function isSafeAnywhere({ kind, text }: NftItem): boolean {
  if (kind !== 'other') {
    return kind === 'name' && isHarmlessNftWord(text);
  }
  // nft looks up a word that looks like a number or an address but is none.
  return /^\d+$/.test(text) ? NUMBER.test(text) : /^[\d.]+$/.test(text) ? isIPv4(text) : !text.endsWith('*');
}

function isSafeValue({ kind, text }: NftItem, value: NftKind): boolean {
  if (kind === 'other' && NUMBER.test(text)) {
    return true;
  }
  return (
    (value === 'address' && !text.includes('%') && isIP(text.replace(/^\[(.*)\]$/, '$1')) !== 0) ||
    (value === 'service' && NFT_SERVICES.has(text)) ||
    (value === 'protocol' && isProtocolName(text))
  );
}
