// Documents as data: their code blocks and headings.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './package.js';

export interface Block {
  language: string;
  /** What stands behind the language: the name of a file. */
  title: string;
  text: string;
  /** The heading above it. */
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

/** The headings, without what looks like one in a code block. */
export function getHeadings(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => text);
}
