import type { NftSource } from '../model/scenario.js';

/** Finds the file and the line in it from which a line of an nft text comes. */
export function locateNftLine(sources: NftSource[], line: number): { file: string; line: number } {
  const source = sources.findLast(({ start }) => start <= line);
  return source === undefined ? { file: '', line } : { file: source.file, line: source.line + line - source.start };
}
