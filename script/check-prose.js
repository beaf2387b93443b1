// Counts the words of each sentence in the documents, and fails where a sentence or a document's mean is too long for readers
// whose mother tongue is another. Headings, tables, code blocks and comments do not count; a code span counts as one word.
//   npm run check:prose                 README.md, CONTRIBUTING.md, SECURITY.md, docs/**/*.md
//   npm run check:prose -- FILE …       these documents only, with a line for each
import { readFileSync, readdirSync } from 'node:fs';

const MEAN_BELOW = 16;
const LONGEST = 30;

const named = process.argv.slice(2);
const documents = named.length > 0 ? named : ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...listDocuments('docs')];
const measured = documents.map((path) => ({ path, ...measure(readFileSync(path, 'utf8')) }));

if (named.length > 0) {
  for (const { path, whole, words, mean, longest } of measured) {
    console.log(`${path}: ${words} words in ${whole} sentences, mean ${mean.toFixed(1)}, longest ${longest}`);
  }
}
const problems = measured.flatMap(({ path, sentences, mean }) => [
  ...(mean < MEAN_BELOW ? [] : [`${path}: a sentence has ${mean.toFixed(1)} words in the mean: below ${MEAN_BELOW} is expected`]),
  ...sentences
    .filter(({ count }) => count > LONGEST)
    .map(({ line, count, text }) => `${path}:${line}: ${count} words, at most ${LONGEST} are expected: ${text}`),
]);
for (const problem of problems) {
  console.error(problem);
}
process.exitCode = problems.length > 0 ? 1 : 0;

function listDocuments(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** A list entry that is no whole sentence counts for the longest, but not for the mean, which many short entries would lower. */
function measure(markdown) {
  const sentences = getBlocks(markdown).flatMap(splitSentences);
  const whole = sentences.filter(({ text }) => /[.!?:]\W*$/.test(text));
  const words = whole.reduce((sum, { count }) => sum + count, 0);
  return {
    sentences,
    words,
    whole: whole.length,
    mean: whole.length > 0 ? words / whole.length : 0,
    longest: Math.max(0, ...sentences.map(({ count }) => count)),
  };
}

/** Paragraphs and list entries, each with the number of its first line. */
function getBlocks(markdown) {
  const blank = (text) => text.replace(/[^\n]/g, '');
  const prose = markdown.replace(/<!--[\s\S]*?-->/g, blank).replace(/^( *)(```+|~~~+)[\s\S]*?^ *\2 *$/gm, blank);
  const blocks = [];
  let open = false;
  for (const [index, line] of prose.split('\n').entries()) {
    if (/^\s*($|#|\||---|\[[^\]]+\]: )/.test(line)) {
      open = false;
      continue;
    }
    const text = line.replace(/^[\s>]*([-*+]|\d+\.)\s+|^[\s>]+/, '');
    if (!open || /^[\s>]*([-*+]|\d+\.)\s/.test(line)) {
      blocks.push({ line: index + 1, lines: [] });
      open = true;
    }
    blocks.at(-1).lines.push(text);
  }
  return blocks;
}

function splitSentences({ line, lines }) {
  const text = lines
    .join('\n')
    .replace(/(`+)[\s\S]+?(?<!`)\1(?!`)/g, (span) => span.replaceAll('\n', '⏎').replace(/\s/g, '␣'))
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|\b(e\.g|i\.e|etc|vs)\.(?=\s)/g, (found) => found.replaceAll('.', '').replace('**', ''));
  const sentences = [];
  let at = line;
  for (const part of text.split(/(?<=[.!?]["'”’)\]*_]*)(?=\s)/)) {
    const start = at + (/^\s*/.exec(part)[0].match(/\n/g) ?? []).length;
    at += (part.match(/[\n⏎]/g) ?? []).length;
    const count = part.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    if (count > 0) {
      sentences.push({ line: start, count, text: part.trim().replace(/[\s␣⏎]+/g, ' ') });
    }
  }
  return sentences;
}
