interface Entry<Value> {
  bytes: Uint8Array;
  value: Value;
}

/**
 * What has been made of texts that come again and again, found by their bytes: no string is made where one is known. It holds as many as
 * there are different ones, which for a trace are the names in a rule set.
 */
export class BytesCache<Value> {
  readonly #make: (text: string) => Value;
  readonly #entries = new Map<number, Entry<Value>[]>();

  constructor(make: (text: string) => Value) {
    this.#make = make;
  }

  /** What is made of the text in `bytes` from `start` to before `end`; a NUL ends it earlier. */
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
