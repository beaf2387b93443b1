import { readFile } from 'node:fs/promises';
import { getSection, getSummary } from '../report/get-section.js';
import { makePaint, type Paint } from '../report/paint.js';
import { showPage } from '../report/show-page.js';
import { findPage, PAGES, type Page } from '../spec/find-page.js';
import { assertOutputOpen } from './assert-output-open.js';
import { EXIT_CODES } from './exit-codes.js';

const FOLDER = new URL('../../docs/verdicts/', import.meta.url);

const TITLES = {
  outcomes: 'outcomes: what the client saw',
  causes: 'causes: what made it so',
  statuses: 'statuses: is it what the scenario says?',
} satisfies Record<keyof typeof PAGES, string>;

/** `loopfw explain`: prints the page of a word in reports or scenarios, or one line for each word. Returns the exit code. */
export async function explainCommand(word: string | undefined, hasColors: boolean): Promise<number> {
  assertOutputOpen();
  const paint = makePaint(hasColors);
  process.stdout.write(word === undefined ? await listWords(paint) : showPage(await readPage(findPage(word)), paint));
  return EXIT_CODES.passed;
}

async function readPage({ file, heading }: Page): Promise<string> {
  const text = await readFile(new URL(file, FOLDER), 'utf8');
  return heading === null ? text : getSection(text, heading);
}

async function listWords(paint: Paint): Promise<string> {
  const width = Math.max(...Object.values(PAGES).flatMap((pages) => Object.keys(pages).map((word) => word.length)));
  const groups = Object.entries(PAGES).map(async ([group, pages]) => {
    const lines = Object.entries<Page>(pages).map(
      async ([word, page]) => `  ${word.padEnd(width)}  ${showPage(getSummary(await readPage(page)), paint)}`,
    );
    return `${paint.bold(TITLES[group as keyof typeof PAGES])}\n${(await Promise.all(lines)).join('')}`;
  });
  return `${(await Promise.all(groups)).join('\n')}\nThe whole page: loopfw explain WORD\n`;
}
