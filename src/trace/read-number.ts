/** A number of 16 bits in network byte order. Bytes behind the end count as 0. A DataView would be one more object for each header. */
export function read16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

/** A signed number of 32 bits. V8 stores it as a small integer, not as an object of 16 bytes. */
export function read32(bytes: Uint8Array, offset: number): number {
  return (read16(bytes, offset) << 16) | read16(bytes, offset + 2);
}
