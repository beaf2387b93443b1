interface Entry<Value> {
  bytes: Uint8Array;
  value: Value;
}

/**
 * A cache of values that are made from repeated texts. The key is the bytes of the text: a text in the cache needs no string.
 * The cache has one entry for each different text and no limit. For a trace these texts are the names in a rule set.
 */
export class BytesCache<Value> {
  readonly #make: (text: string) => Value;
  readonly #entries = new Map<number, Entry<Value>[]>();

  constructor(make: (text: string) => Value) {
    this.#make = make;
  }

  /** The value for the text in `bytes` from `start` to before `end`. A NUL ends the text earlier. */
  get(bytes: Uint8Array, start: number, end: number): Value {
    let hash = 0;
    let stop = start;
    for (; stop < end && bytes[stop] !== 0; stop++) {
      hash = (Math.imul(hash, 31) + (bytes[stop] ?? 0)) | 0;
    }
    const alike = this.#entries.get(hash) ?? [];
    for (const entry of alike) {
      if (isAt(entry.bytes, bytes, start, stop)) {
        return entry.value;
      }
    }
    return this.#add(hash, alike, Buffer.from(bytes.subarray(start, stop)));
  }

  #add(hash: number, alike: Entry<Value>[], bytes: Buffer): Value {
    const value = this.#make(bytes.toString('utf8'));
    this.#entries.set(hash, [...alike, { bytes, value }]);
    return value;
  }
}

function isAt(text: Uint8Array, bytes: Uint8Array, start: number, stop: number): boolean {
  if (text.length !== stop - start) {
    return false;
  }
  for (let place = 0; place < text.length; place++) {
    if (text[place] !== bytes[start + place]) {
      return false;
    }
  }
  return true;
}
