// Counts the words of each sentence in the documents. Fails if a sentence, or the mean of a document, is too long for readers with another
// mother tongue. Headings, tables, code blocks, comments and lines of HTML do not count. A code span counts as one word.
//   npm run check:prose                 README.md, CONTRIBUTING.md, SECURITY.md, docs/**/*.md
//   npm run check:prose -- FILE …       these documents only, with a line for each
// It prints the median of the sentences, and the share of the long ones.
import { readFileSync, readdirSync } from 'node:fs';

const MEAN_BELOW = 16;
const LONGEST = 30;

const named = process.argv.slice(2);
const documents = named.length > 0 ? named : ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...listDocuments('docs')];
const measured = documents.map((path) => ({ path, ...measure(readFileSync(path, 'utf8')) }));

if (named.length > 0) {
  for (const { path, ...measures } of measured) {
    console.log(toLine(path, measures));
  }
} else {
  const [readme] = measured;
  console.log(toLine('README.md', readme));
  console.log(toLine('all documents', summarize(measured.flatMap(({ sentences }) => sentences))));
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

function measure(markdown) {
  return summarize(getBlocks(markdown).flatMap(splitSentences));
}

/**
 * The statistics of sentences. A list entry that is not a whole sentence counts for the longest, but not for the mean and the median: many
 * short entries would lower them.
 */
function summarize(sentences) {
  const counts = sentences
    .filter(({ text }) => /[.!?:]\W*$/.test(text))
    .map(({ count }) => count)
    .sort((one, other) => one - other);
  const words = counts.reduce((sum, count) => sum + count, 0);
  const all = sentences.map(({ count }) => count);
  return {
    sentences,
    words,
    whole: counts.length,
    mean: counts.length > 0 ? words / counts.length : 0,
    median: counts[Math.floor(counts.length / 2)] ?? 0,
    longest: Math.max(0, ...all),
    long: all.filter((count) => count > LONGEST).length / Math.max(1, all.length),
  };
}

function toLine(name, { whole, words, mean, median, longest, long }) {
  const share = `${(long * 100).toFixed(1)} % have more than ${LONGEST} words`;
  return `${name}: ${words} words in ${whole} sentences, mean ${mean.toFixed(1)}, median ${median}, longest ${longest}; ${share}`;
}

/** The paragraphs and list entries, each with the number of its first line. */
function getBlocks(markdown) {
  const blank = (text) => text.replace(/[^\n]/g, '');
  const prose = markdown.replace(/<!--[\s\S]*?-->/g, blank).replace(/^( *)(```+|~~~+)[\s\S]*?^ *\2 *$/gm, blank);
  const blocks = [];
  let open = false;
  for (const [index, line] of prose.split('\n').entries()) {
    if (/^\s*($|#|\||---|<\/?[a-z]|\[[^\]]+\]: )/.test(line)) {
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
