/** A number in network order; what would be behind the end is 0. Of bytes, not by a DataView, which is an object more for each header. */
export function read16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

/** Of 32 bits, the first of which is its sign: so V8 keeps it as a number, not as an object of 16 bytes. */
export function read32(bytes: Uint8Array, offset: number): number {
  return (read16(bytes, offset) << 16) | read16(bytes, offset + 2);
}
