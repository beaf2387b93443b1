import type { ElementPart } from './parts.js';

/** A type of ipset: what its elements are made of, and which options it has (ipset(8)). */
export interface IpsetType {
  /** The parts of an element, which commas separate. */
  parts: ElementPart[];
  /** How many parts an element has at least. Default: all. */
  least?: number;
  /** ipv4: only. both: `family` chooses. none: it has no addresses. */
  families: 'ipv4' | 'both' | 'none';
  /** The options of `ipset create` that not every type has. */
  createOptions: string[];
  /** The words of `ipset add` that not every type has. */
  addWords: string[];
  /** Whether the kernel reserves memory for the whole range at once. */
  hasRange: boolean;
}

const HASH = ['hashsize', 'maxelem', 'bucketsize', 'initval', 'forceadd'];

const BITMAP: Pick<IpsetType, 'families' | 'addWords' | 'hasRange'> = { families: 'ipv4', addWords: [], hasRange: true };

function makeHash(parts: ElementPart[], more: string[] = []): IpsetType {
  const addWords = parts.some((part) => part === 'network' || part === 'any network') ? ['nomatch'] : [];
  return { parts, families: 'both', createOptions: ['family', ...HASH, ...more], addWords, hasRange: false };
}

/** Every type of ipset 7. A kernel may lack some of them. */
export const IPSET_TYPES: Record<string, IpsetType> = {
  'bitmap:ip': { ...BITMAP, parts: ['addresses'], createOptions: ['range', 'netmask'] },
  'bitmap:ip,mac': { ...BITMAP, parts: ['address', 'mac'], least: 1, createOptions: ['range'] },
  'bitmap:port': { ...BITMAP, parts: ['ports'], families: 'none', createOptions: ['range'] },
  'hash:ip': makeHash(['addresses'], ['netmask']),
  'hash:mac': { ...makeHash(['mac']), families: 'none', createOptions: HASH },
  'hash:ip,mac': makeHash(['address', 'mac']),
  'hash:ip,mark': makeHash(['addresses', 'mark'], ['markmask']),
  'hash:ip,port': makeHash(['addresses', 'service']),
  'hash:ip,port,ip': makeHash(['addresses', 'service', 'address']),
  'hash:ip,port,net': makeHash(['addresses', 'service', 'network']),
  'hash:net': makeHash(['network']),
  'hash:net,iface': { ...makeHash(['any network', 'interface']), addWords: ['nomatch', 'wildcard'] },
  'hash:net,net': makeHash(['network', 'network']),
  'hash:net,port': makeHash(['network', 'service']),
  'hash:net,port,net': makeHash(['network', 'service', 'network']),
  'list:set': { parts: ['set'], families: 'none', createOptions: ['size'], addWords: [], hasRange: false },
};
