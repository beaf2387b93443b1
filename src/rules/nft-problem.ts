import type { Position } from '../model/diagnostic.js';

/** A problem in the text of an nft file, and its place. */
export interface NftProblem extends Position {
  message: string;
}

export function toNftProblem({ line, column }: Position, message: string): NftProblem {
  return { line, column, message };
}
