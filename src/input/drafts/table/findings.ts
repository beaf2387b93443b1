import { listWords } from '../../../words/phrases.js';
import { type FilledCell, type FilledDraft, listFilled, type MergedRow } from './cells.js';

/** The most services or prefixes that a finding lists. */
const MOST_LISTED = 40;

/** What is to be read first: the tables say what is, and that may be a hole. */
export function listFindings(draft: FilledDraft): string[] {
  return [...listOpen(draft), ...listOpenRest(draft), ...listAlike(draft), ...listEaten(draft)];
}

/** What is open to everyone, as the kernel answered: a text for each interface by which clients come in. */
function listOpen(draft: FilledDraft): string[] {
  const open = new Map<string, string[]>();
  for (const { via, cell } of listOfStrangers(draft)) {
    const server = draft.servers.find(({ name }) => name === cell.to);
    if (server !== undefined && cell.expect === 'connected') {
      open.set(via, [...(open.get(via) ?? []), `${server.name} (${server.port}/${server.protocol})`]);
    }
  }
  return [...open].map(([via, services]) => `Open to everyone who comes in by ${via}: ${listSome(services)}`);
}

/** Where a port of which no rule speaks is not blocked: then all such ports are open. To the world they usually are. */
function listOpenRest(draft: FilledDraft): string[] {
  const open = listOfStrangers(draft).filter(({ cell }) => cell.to.startsWith('tcp://') && ['closed', 'connected'].includes(cell.expect));
  return draft.tables
    .filter(
      ({ to, clients, targets }) => to !== draft.outer && open.some(({ cell }) => clients.includes(cell.from) && targets.includes(cell.to)),
    )
    .map(({ name }) => `Not blocked ${name}: ports that no rule names`);
}

/** The clients that rules name, and that see what everyone sees. */
function listAlike({ merged, clients }: FilledDraft): string[] {
  return [...merged].flatMap(([kept, rows]) => {
    const client = clients.find(({ name }) => name === kept);
    const named = rows.flatMap((row) => describeRow(row) ?? []);
    return client?.isStranger !== true || named.length === 0
      ? []
      : [
          `No answer tells ${listSome(named)} from everyone who comes in by ${client.via}, though rules name ${named.length === 1 ? 'it' : 'them'}`,
        ];
  });
}

/** Where requests are let through and their answers are not: nobody writes such rules on purpose. */
function listEaten(draft: FilledDraft): string[] {
  return listFilled(draft).flatMap(({ table, own }) => {
    const eaten = [...new Set(own.filter(({ expect }) => expect === 'answer-eaten').map(({ to }) => to))];
    return eaten.length === 0 ? [] : [`Rules end the answers of what goes ${table.name}: ${listSome(eaten)}`];
  });
}

/** `198.51.100.0/24`; null for a client that no rule names. */
function describeRow({ address, named, isStranger }: MergedRow): string | null {
  return isStranger ? null : named.length === 0 ? address : listWords(named, 'and');
}

/** The cells of clients of which no rule speaks, where their packets come in. */
function listOfStrangers({ clients, cells }: FilledDraft): { via: string; cell: FilledCell }[] {
  return cells.flatMap((cell) => {
    const client = clients.find(({ name }) => name === cell.from);
    return client?.isStranger === true && client.via !== null ? [{ via: client.via, cell }] : [];
  });
}

export function listSome(words: string[], most = MOST_LISTED): string {
  const more = words.length - most;
  return more > 0 ? `${words.slice(0, most).join(', ')} and ${more} more` : words.join(', ');
}
