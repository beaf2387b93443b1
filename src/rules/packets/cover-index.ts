import type { PlannedLine } from '../../model/plan.js';
import type { Field } from './fields.js';
import type { NumberField, PacketSet } from './packet-set.js';

/** A rule that ends packets, its place in its chain, and the targets that end them. */
export interface Cover {
  line: PlannedLine;
  place: number;
  ends: Set<string>;
  /** The fields on which it depends whether the rule matches. */
  fields: Set<Field>;
}

/** The key of a rule that asks for no single value of a field. */
const ANY = '*';

/**
 * The rules of a chain that end packets, by what each of them asks for. A list of 50,000 addresses has 50,000 keys, so a rule is compared
 * with few others.
 */
export class CoverIndex {
  readonly #buckets = new Map<string, Cover[]>();
  /** How many addresses the prefixes of each kind have. */
  readonly #sizes = { source: new Set<bigint>(), destination: new Set<bigint>() };

  add(cover: Cover, set: PacketSet): void {
    const prefixes = (['source', 'destination'] as const).map((field) => {
      const [first = 0n, last = 0n] = set.numbers[field]?.[0] ?? [];
      const size = last - first + 1n;
      const isPrefix = set.numbers[field]?.length === 1 && (size & (size - 1n)) === 0n && first % size === 0n;
      if (isPrefix) {
        this.#sizes[field].add(size);
      }
      return isPrefix ? toKey(first, size) : ANY;
    });
    const key = [...prefixes, getOne(set, 'protocol'), getOne(set, 'destinationPort'), getInterface(set)].join(' ');
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      this.#buckets.set(key, [cover]);
    } else {
      bucket.push(cover);
    }
  }

  /** Finds the first rule of the chain that covers a set and meets the test. */
  find(set: PacketSet, covers: (cover: Cover) => boolean): Cover | null {
    let found: Cover | null = null;
    for (const source of this.#listPrefixes(set, 'source')) {
      for (const destination of this.#listPrefixes(set, 'destination')) {
        for (const protocol of new Set([ANY, getOne(set, 'protocol')])) {
          for (const port of new Set([ANY, getOne(set, 'destinationPort')])) {
            for (const name of new Set([ANY, getInterface(set)])) {
              const bucket = this.#buckets.get([source, destination, protocol, port, name].join(' ')) ?? [];
              const first = bucket.find((cover) => (found !== null && cover.place > found.place) || covers(cover));
              found = first === undefined || (found !== null && first.place > found.place) ? found : first;
            }
          }
        }
      }
    }
    return found;
  }

  /** The keys of the prefixes that hold all addresses of a set. */
  #listPrefixes({ numbers }: PacketSet, field: 'source' | 'destination'): string[] {
    const ranges = numbers[field];
    const [first, last] = [ranges?.[0]?.[0], ranges?.at(-1)?.[1]];
    if (first === undefined || last === undefined) {
      return [ANY];
    }
    const sizes = [...this.#sizes[field]].filter((size) => first / size === last / size);
    return [ANY, ...sizes.map((size) => toKey((first / size) * size, size))];
  }
}

function toKey(first: bigint, size: bigint): string {
  return `${first.toString(16)}/${size.toString(16)}`;
}

/** The one interface by which packets of a set come in. */
function getInterface({ inInterfaces: [first] }: PacketSet): string {
  return first === undefined || first.negated || first.value.endsWith('+') ? ANY : first.value;
}

function getOne({ numbers }: PacketSet, field: NumberField): string {
  const ranges = numbers[field];
  const [first, last] = ranges?.[0] ?? [];
  return ranges?.length === 1 && first !== undefined && first === last ? String(first) : ANY;
}
