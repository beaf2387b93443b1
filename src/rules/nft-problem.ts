import type { Position } from '../model/diagnostic.js';

/** What is wrong with the text of an nft file, and where. */
export interface NftProblem extends Position {
  message: string;
}

export function toNftProblem({ line, column }: Position, message: string): NftProblem {
  return { line, column, message };
}
