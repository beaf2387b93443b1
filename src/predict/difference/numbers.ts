import { DESTINATION, DESTINATION_PORT, SOURCE, SOURCE_PORT } from './observer.js';

/** A number for the ends of a packet, by the bits that it stands for: for each address, for both, for each port, for both ports. */
export type Numbers = Int32Array;

/** By bits, the numbers of what has one. They are small, so that they are places in lists. */
const given = new Map<number, Map<string, number>>();

export function makeNumbers(): Numbers {
  return new Int32Array(DESTINATION_PORT * 2);
}

export function setAddresses(numbers: Numbers, { from: source, to: destination }: { from: string; to: string }): void {
  numbers[SOURCE] = toNumber(SOURCE, source);
  numbers[DESTINATION] = toNumber(DESTINATION, destination);
  numbers[SOURCE | DESTINATION] = toNumber(SOURCE | DESTINATION, `${source} ${destination}`);
}

export function setPorts(numbers: Numbers, [source, destination, both]: PortNumbers): void {
  numbers[SOURCE_PORT] = source;
  numbers[DESTINATION_PORT] = destination;
  numbers[SOURCE_PORT | DESTINATION_PORT] = both;
}

export type PortNumbers = readonly [source: number, destination: number, both: number];

export function numberPorts(source: number | null, destination: number | null): PortNumbers {
  return [
    toNumber(SOURCE_PORT, String(source)),
    toNumber(DESTINATION_PORT, String(destination)),
    toNumber(SOURCE_PORT | DESTINATION_PORT, `${source} ${destination}`),
  ];
}

function toNumber(bits: number, text: string): number {
  const own = given.get(bits) ?? new Map<string, number>();
  given.set(bits, own);
  const number = own.get(text) ?? own.size;
  own.set(text, number);
  return number;
}
