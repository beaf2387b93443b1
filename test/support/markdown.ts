// Markdown documents as data: code blocks and headings.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './package.js';

export interface Block {
  language: string;
  /** The text after the language: the name of a file. */
  title: string;
  text: string;
  /** The last heading before the block. */
  heading: string;
}

export function readDocument(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function getBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  for (const [, level, fence, text = ''] of markdown.matchAll(/^(#+ .*)$|^```(.+)\n([\s\S]*?)^```$/gm)) {
    if (level !== undefined) {
      heading = level.replace(/^#+ /, '');
    } else {
      const [language = '', ...title] = (fence ?? '').split(' ');
      blocks.push({ language, title: title.join(' '), text, heading });
    }
  }
  return blocks;
}

/** All headings. Lines in code blocks that look like headings do not count. */
export function getHeadings(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => text);
}
