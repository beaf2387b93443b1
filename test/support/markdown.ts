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
  /** Why a test does not run it: the comment `<!-- not run: … -->` before the block. */
  notRun: string | null;
}

/** A command of a block, and what the document says that it prints. */
export interface Screen {
  command: string;
  lines: string[];
}

export function readDocument(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function getBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  const parts = /^(#+ .*)$|(?:^<!-- not run: ([^>]+) -->\n+)?^```(.+)\n([\s\S]*?)^```$/gm;
  for (const [, level, reason, fence, text = ''] of markdown.matchAll(parts)) {
    if (level !== undefined) {
      heading = level.replace(/^#+ /, '');
    } else {
      const [language = '', ...title] = (fence ?? '').split(' ');
      blocks.push({ language, title: title.join(' '), text, heading, notRun: reason ?? null });
    }
  }
  return blocks;
}

/** The commands of a console block, each with its lines up to the next one. */
export function getScreens({ text }: Block): Screen[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((screen) => {
      const [command = '', ...lines] = screen.trimEnd().split('\n');
      return { command, lines };
    });
}

/** All headings. Lines in code blocks that look like headings do not count. */
export function getHeadings(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => text);
}
