import type { HeldRules } from '../model/message.js';
import type { Backend } from '../model/result.js';
import type { Family } from '../model/rule.js';
import type { RulesetInput } from '../model/scenario-file.js';
import { isTableOfWorld, TRACE_TABLE } from '../words/nft-chain.js';

/** Rules that the kernel holds of one kind, as a file that can be read. */
export interface HeldFile extends RulesetInput {
  text: string;
}

/** The rules that loopfw adds to chains of iptables, so that packets are traced. No rule set has them. */
const OWN_LINES: ReadonlySet<string> = new Set([
  'raw -A OUTPUT',
  'raw -A PREROUTING',
  'raw -A OUTPUT -j TRACE',
  'raw -A PREROUTING -j TRACE',
  'mangle -A INPUT',
  'mangle -A FORWARD',
]);
/** A table of nft's list, to its last line. */
const NFT_TABLE = /^table (?<family>\w+) (?<name>\S+) \{\n(?:(?!\}).*\n)*\}\n/gm;
const SAVED_TABLE = /^\*(?<name>\w+)\n(?<body>[^]*?)^COMMIT\n/gm;
const NATIVE = 'nft';

/**
 * What the kernel holds, without what loopfw has added and without counters: so two lists are equal if nobody has changed the rules.
 * A table of iptables without any rule, chain or policy of its own is nothing.
 */
export function listHeldFiles({ saves, native }: HeldRules): HeldFile[] {
  const files = saves.flatMap(({ backend, family, text }): HeldFile[] => {
    const tables = [...text.matchAll(SAVED_TABLE)].map(({ groups }) => printTable(groups?.['name'] ?? '', groups?.['body'] ?? ''));
    const content = tables.join('');
    return content === '' ? [] : [{ file: nameSave(backend, family), format: 'iptables-save', backend, family, text: content }];
  });
  const ofIptables = new Set(
    saves.flatMap(({ backend, family, text }) =>
      backend === 'nft'
        ? [...text.matchAll(SAVED_TABLE)].map(({ groups }) => `${family === 'ipv4' ? 'ip' : 'ip6'} ${groups?.['name']}`)
        : [],
    ),
  );
  const isOwn = (name: string) => name === TRACE_TABLE || isTableOfWorld(name);
  const rest = [...native.matchAll(NFT_TABLE)]
    .filter(({ groups: { family = '', name = '' } = {} }) => !isOwn(name) && !ofIptables.has(`${family} ${name}`))
    .map(([table]) => table);
  return rest.length === 0 ? files : [...files, { file: NATIVE, format: 'nft', text: rest.join('') }];
}

function printTable(name: string, body: string): string {
  const lines = body
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !OWN_LINES.has(`${name} ${line}`))
    .map((line) => line.replace(/^(:.*) \[\d+:\d+\]$/, '$1 [0:0]'));
  const isNothing = lines.every((line) => /^:\S+ ACCEPT /.test(line));
  return isNothing ? '' : [`*${name}`, ...lines, 'COMMIT', ''].join('\n');
}

/** iptables-save, ip6tables-legacy-save and so on. */
function nameSave(backend: Backend, family: Family): string {
  return `${family === 'ipv4' ? 'iptables' : 'ip6tables'}${backend === 'legacy' ? '-legacy' : ''}-save`;
}
