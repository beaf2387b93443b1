import ipaddr from 'ipaddr.js';

/** First and last address, as hexadecimal digits of equal length: they compare as text. */
export type AddressRange = [first: string, last: string];

/** The digits of an address: 127.0.0.1 is 7f000001. */
export function toDigits(address: string): string {
  return Buffer.from(ipaddr.parse(address).toByteArray()).toString('hex');
}

/** ADDRESS, ADDRESS/LENGTH or FIRST-LAST. null for anything else. */
export function readAddressRange(text: string): AddressRange | null {
  const [host = '', length] = text.split('/');
  if (length !== undefined) {
    return ipaddr.isValid(host) && /^\d{1,3}$/.test(length) ? getNetwork(toDigits(host), Number(length)) : null;
  }
  const [first = '', last = first, ...rest] = text.split('-');
  return rest.length === 0 && ipaddr.isValid(first) && ipaddr.isValid(last) ? [toDigits(first), toDigits(last)] : null;
}

/** The first and the last address of the network of an address. */
export function getNetwork(digits: string, length: number): AddressRange {
  const hosts = (1n << BigInt(digits.length * 4 - length)) - 1n;
  const address = BigInt(`0x${digits}`);
  const print = (value: bigint) => value.toString(16).padStart(digits.length, '0');
  return [print(address & ~hosts), print(address | hosts)];
}
