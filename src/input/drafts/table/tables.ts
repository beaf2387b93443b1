import { getFamily } from '../../../words/addresses.js';
import type { DraftNetwork } from '../network.js';
import type { End } from '../places.js';
import { isStranger, LOOPBACK, type Question, type Target } from './questions.js';

/** The most cells of all tables together: each is a probe of a few milliseconds, and a longer file is seldom read. */
const MOST_CELLS = 600;
/** The most clients of a table that is too long. */
const MOST_CLIENTS = 20;

/** The clients and targets of one direction: each client asks each target. */
export interface QuestionTable {
  name: string;
  /** The interfaces by which packets come in and go out; null: the machine itself. */
  from: string | null;
  to: string | null;
  clients: AskingClient[];
  targets: Target[];
}

/** A client of a table. */
interface AskingClient {
  end: End;
  /** The prefixes of rules for which it is there. */
  named: string[];
  /** What rules say of it by name. Clients of which they say the same are seldom told apart. */
  said: string;
}

/** What a table does not have, for it would be too long. */
export interface LeftOut {
  table: string;
  clients: string[];
  /** Clients of which rules say the same as of one that is there. */
  alike: string[];
  targets: string[];
}

/**
 * Makes a table for each direction: from an interface or the machine itself, to an interface or the machine itself. The clients of an
 * interface are in each of its tables: only then can their rows be compared.
 */
export function makeTables(questions: Question[], network: DraftNetwork): QuestionTable[] {
  const directions = group(questions, ({ from, to }) => JSON.stringify([from.via, to.via, getFamily(to.address)]));
  const hasBoth = new Set(questions.map(({ to }) => getFamily(to.address))).size > 1;
  return [...directions.values()].sort(compareDirections(network)).flatMap((own): QuestionTable[] => {
    const [first] = own;
    if (first === undefined) {
      return [];
    }
    const [from, to, family] = [first.from.via, first.to.via, getFamily(first.to.address)];
    const asking = from === null ? own : questions.filter((each) => each.from.via === from && getFamily(each.from.address) === family);
    const clients = [...group(asking, (each) => each.from.address).values()].flatMap((all) => {
      const named = new Set(all.flatMap((each) => each.named ?? []));
      const said = all
        .filter((each) => each.named !== null)
        .map(({ to: { address }, protocol, port, drops }) => [address, protocol, port, drops]);
      return all[0] === undefined ? [] : [{ end: all[0].from, named: [...named], said: JSON.stringify(said) }];
    });
    const targets = own.map((each): Target => ({ to: each.to, protocol: each.protocol, port: each.port, isServed: each.isServed }));
    const distinct = new Map(targets.map((target) => [JSON.stringify([target.protocol, target.to.address, target.port]), target]));
    return [
      {
        ...{ name: `${nameDirection(from, to)}${hasBoth && family === 'ipv6' ? ' (IPv6)' : ''}`, from, to },
        clients: [...clients.filter(({ end }) => isUsual(end, network)), ...clients.filter(({ end }) => !isUsual(end, network))],
        targets: [...distinct.values()].sort((one, other) => getRank(one) - getRank(other)),
      },
    ];
  });
}

/** Whether a client is the one that stands for all others of its table. */
function isUsual(end: End, network: DraftNetwork): boolean {
  return isStranger(end, network) || Object.values(LOOPBACK).includes(end.address);
}

/** Services come first, then pings, then the port that no rule names. */
function getRank({ isServed, protocol }: Target): number {
  return isServed ? 0 : protocol === 'icmp' ? 1 : 2;
}

function group<Item>(items: Item[], getKey: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = getKey(item);
    const own = groups.get(key);
    if (own === undefined) {
      groups.set(key, [item]);
    } else {
      own.push(item);
    }
  }
  return groups;
}

function nameDirection(from: string | null, to: string | null): string {
  if (from === null) {
    return to === null ? 'on lo' : `out by ${to}`;
  }
  return to === null ? `in by ${from}` : `from ${from} to ${to}`;
}

/** In by each interface, then from one to another, then out, then on lo. The interface to the world is the first. */
function compareDirections({ interfaces, outer }: DraftNetwork) {
  const names = [outer, ...interfaces.map(({ name }) => name).filter((name) => name !== outer)];
  const rank = ([first]: Question[]) => {
    const [into, out] = [first?.from.via ?? null, first?.to.via ?? null];
    const kind = into === null ? (out === null ? 3 : 2) : out === null ? 0 : 1;
    return [kind, names.indexOf(into ?? ''), names.indexOf(out ?? '')];
  };
  return (one: Question[], other: Question[]): number => {
    const [first, second] = [rank(one), rank(other)];
    const place = first.findIndex((value, index) => value !== second[index]);
    return place === -1 ? 0 : (first[place] ?? 0) - (second[place] ?? 0);
  };
}

/** Leaves out clients and targets of tables that are too long: those of the last rules. */
export function shorten(tables: QuestionTable[]): { tables: QuestionTable[]; leftOut: LeftOut[] } {
  const count = (all: QuestionTable[]) => all.reduce((sum, { clients, targets }) => sum + clients.length * targets.length, 0);
  if (count(tables) <= MOST_CELLS) {
    return { tables, leftOut: [] };
  }
  const narrow = tables.map((table) => ({ ...table, clients: getDifferent(table.clients).slice(0, MOST_CLIENTS) }));
  // What no rule names is behind the services, and stays.
  const cut = (most: number) =>
    narrow.map((table) => ({ ...table, targets: table.targets.filter(({ isServed }, place) => !isServed || place < most) }));
  // The most targets of a table with which all tables are short enough.
  let [most, tooMany] = [1, 1 + Math.max(...narrow.map(({ targets }) => targets.length))];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    [most, tooMany] = count(cut(middle)) <= MOST_CELLS ? [middle, tooMany] : [most, middle];
  }
  const shortened = cut(most);
  const leftOut = tables.map(({ name, clients, targets }, place): LeftOut => {
    const left = { clients: new Set(shortened[place]?.clients), targets: new Set(shortened[place]?.targets) };
    const different = new Set(getDifferent(clients));
    return {
      table: name,
      clients: [...different].filter((client) => !left.clients.has(client)).map(({ end }) => end.address),
      alike: clients.filter((client) => !different.has(client)).map(({ end }) => end.address),
      targets: targets.filter((target) => !left.targets.has(target)).map(({ protocol, port }) => `${port}/${protocol}`),
    };
  });
  return {
    tables: shortened,
    leftOut: leftOut.filter(({ clients, alike, targets }) => clients.length + alike.length + targets.length > 0),
  };
}

/** The first of the clients of which rules say the same. */
function getDifferent(clients: AskingClient[]): AskingClient[] {
  return [...group(clients, ({ end, named, said }) => (named.length === 0 ? end.address : said)).values()].flatMap(
    ([first]) => first ?? [],
  );
}
