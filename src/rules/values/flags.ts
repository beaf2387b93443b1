import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import { nameList } from './names.js';

/** The kinds of chunks in the order of their numbers, which is the order of iptables-save. */
const CHUNKS = [
  ...['DATA', 'INIT', 'INIT_ACK', 'SACK', 'HEARTBEAT', 'HEARTBEAT_ACK', 'ABORT', 'SHUTDOWN', 'SHUTDOWN_ACK', 'ERROR'],
  ...['COOKIE_ECHO', 'COOKIE_ACK', 'ECN_ECNE', 'ECN_CWR', 'SHUTDOWN_COMPLETE', 'I_DATA', 'RE_CONFIG', 'PAD', 'ASCONF_ACK', 'ASCONF'],
  'FORWARD_TSN',
  'I_FORWARD_TSN',
];

/** The flags of a chunk that a rule can check (iptables-extensions(8), sctp). iptables-save loses those of I_DATA, so they are left out. */
const FLAGS: Record<string, string> = { DATA: 'IUBE', ABORT: 'T', SHUTDOWN_COMPLETE: 'T' };

const TCP_FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];
const named = nameList('a TCP flag', [...TCP_FLAGS, 'ALL', 'NONE'], ['ALL', 'NONE']);

interface Chunk {
  name: string;
  flags: string;
}

/** TCP flags separated by commas, or ALL or NONE. iptables-save writes the flags of ALL one by one. */
export function tcpFlags(text: string): string {
  const flags = named(text);
  return flags === 'ALL' || flags === TCP_FLAGS.join(',') ? TCP_FLAGS.join(',') : flags;
}

/** Kinds of chunks, separated by commas. Each may have flags: upper case must be set, lower case must not be set. */
export function sctpChunks(text: string): string {
  if (['ALL', 'NONE'].includes(text.toUpperCase())) {
    return text.toUpperCase();
  }
  const chunks = text.split(',').map(readChunk);
  if (new Set(chunks.map(({ name }) => name)).size < chunks.length) {
    throw new RuleError(`"${text}" names a chunk twice`);
  }
  const sorted = CHUNKS.flatMap((name) => chunks.filter((chunk) => chunk.name === name));
  return sorted.length === CHUNKS.length && sorted.every(({ flags }) => flags === '') ? 'ALL' : sorted.map(print).join(',');
}

function readChunk(text: string): Chunk {
  const [given = '', flags = ''] = text.split(':', 2);
  const name = given.toUpperCase();
  if (!CHUNKS.includes(name)) {
    throw new RuleError(`"${given}" is not a chunk of SCTP${didYouMean(given, CHUNKS)}: ${CHUNKS.join(', ')}`);
  }
  const known = FLAGS[name] ?? '';
  const wrong = [...flags].find((flag) => !known.includes(flag.toUpperCase()));
  if (wrong !== undefined || new Set(flags.toUpperCase()).size < flags.length) {
    throw new RuleError(`"${flags}" are not flags of ${name}: ${known === '' ? 'it has none' : `each of ${known} once at most`}`);
  }
  return { name, flags: [...flags].sort((a, b) => known.indexOf(a.toUpperCase()) - known.indexOf(b.toUpperCase())).join('') };
}

function print({ name, flags }: Chunk): string {
  return flags === '' ? name : `${name}:${flags}`;
}
