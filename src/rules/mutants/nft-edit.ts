import type { NftText } from '../../model/scenario.js';
import { scanNft } from '../nft/scan.js';

/** Other text in the place of a part of a text. The offsets count from 0. */
export interface NftEdit {
  start: number;
  end: number;
  text: string;
}

/** Changes a text in one place. All lines keep their numbers. */
export function editNftText<Text extends NftText>(nft: Text, edit: NftEdit): Text {
  const text = editText(nft.text, edit);
  const more = text.length - nft.text.length;
  return { ...nft, text, openEnds: nft.openEnds.map((end) => (end < edit.end ? end : end + more)) };
}

/** A line that the edit removes becomes a joined line. */
export function editText(text: string, { start, end, text: written }: NftEdit): string {
  const lines = text.slice(start, end).split('\n').length - 1;
  return text.slice(0, start) + '\\\n'.repeat(lines) + written + text.slice(end);
}

/** A part of a text as one line, without comments. */
export function printNft(text: string): string {
  const pieces = [...scanNft(text)].filter(({ kind }) => kind !== 'comment');
  return pieces
    .map(({ kind, text: own }) => (kind === 'blank' || own === '\n' ? ' ' : own))
    .join('')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
