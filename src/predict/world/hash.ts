const START = 0xdeadbeef;

/** jhash_1word() of include/linux/jhash.h: the hash of a number of 32 bits. */
export function hashWord(word: number, seed: number): number {
  const begin = (START + (1 << 2) + seed) >>> 0;
  let [a, b, c] = [(begin + word) >>> 0, begin, begin];
  const mix = (x: number, y: number, shift: number) => ((x ^ y) - rotate(y, shift)) >>> 0;
  c = mix(c, b, 14);
  a = mix(a, c, 11);
  b = mix(b, a, 25);
  c = mix(c, b, 16);
  a = mix(a, c, 4);
  b = mix(b, a, 14);
  return mix(c, b, 24);
}

function rotate(word: number, shift: number): number {
  return ((word << shift) | (word >>> (32 - shift))) >>> 0;
}

/** reciprocal_scale() of include/linux/kernel.h: a number below `end`. */
export function scale(hash: number, end: number): number {
  return Number((BigInt(hash) * BigInt(end)) >> 32n);
}
