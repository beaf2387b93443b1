// A terminal as a picture that moves: one scene after the other, each with commands and what they print.
import { parseAnsi } from './ansi.js';
import { escape, MONOSPACE, toPicture } from './svg.js';

const COLUMN = 8;
const LINE = 18;
const MARGIN = 16;
const BAR = 30;

/** Seconds between two paragraphs of a screen. */
const PAUSE = 1.5;

/**
 * Paragraph by paragraph, as far apart as somebody reads. Where nothing moves, the first scene is shown.
 * @param scenes each with its seconds and the text of its screen, which may have colours
 */
export function drawTerminal(title, columns, scenes, theme) {
  const screens = scenes.map(({ text }) => parseAnsi(text));
  const width = columns * COLUMN + 2 * MARGIN;
  const height = Math.max(...screens.map((lines) => lines.length)) * LINE + BAR + 2 * MARGIN;
  const total = scenes.reduce((sum, { seconds }) => sum + seconds, 0);
  const groups = screens.flatMap((lines, scene) => {
    const start = scenes.slice(0, scene).reduce((sum, { seconds }) => sum + seconds, 0);
    return splitParagraphs(lines).map((paragraph, place) => ({
      lines: paragraph,
      name: `s${scene}p${place}`,
      isStill: scene === 0,
      from: start + place * PAUSE,
      to: start + scenes[scene].seconds,
    }));
  });
  return toPicture(width, height, title, [
    `<style>${toStyle(groups, total)}</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${theme.card}" stroke="${theme.edge}"/>`,
    ...['red', 'yellow', 'green'].map(
      (color, place) => `<circle cx="${MARGIN + 6 + place * 18}" cy="${BAR / 2 + 2}" r="5" fill="${theme[color]}" opacity="0.7"/>`,
    ),
    `<g font-family="${MONOSPACE}" font-size="13.3" fill="${theme.ink}">`,
    ...groups.flatMap(({ name, lines }) => [
      `<g class="${name}">`,
      ...lines.flatMap(({ pieces, line }) => pieces.map((piece) => drawPiece(piece, line, theme))),
      '</g>',
    ]),
    '</g>',
  ]);
}

/** The lines between two empty ones, each with its place on the screen. */
function splitParagraphs(lines) {
  const paragraphs = [[]];
  for (const [line, pieces] of lines.entries()) {
    if (pieces.length > 0) {
      paragraphs.at(-1).push({ line, pieces });
    } else if (paragraphs.at(-1).length > 0) {
      paragraphs.push([]);
    }
  }
  return paragraphs;
}

/** textLength: whatever the font, a sign is as wide as a column. */
function drawPiece({ text, column, color, bold, dim }, line, theme) {
  const lead = text.length - text.trimStart().length;
  const shown = text.trim();
  const fill = color !== null ? theme[color] : dim ? theme.soft : null;
  return [
    `<text x="${MARGIN + (column + lead) * COLUMN}" y="${BAR + MARGIN + line * LINE + 12}" textLength="${shown.length * COLUMN}" lengthAdjust="spacingAndGlyphs"`,
    fill === null ? '' : ` fill="${fill}"`,
    bold ? ' font-weight="bold"' : '',
    `>${escape(shown)}</text>`,
  ].join('');
}

/** Each group is there for its part of the loop. Nothing moves for people who do not want it. */
function toStyle(groups, total) {
  const percent = (seconds) => Number(((seconds / total) * 100).toFixed(2));
  const keyframes = ({ name, from, to }) => {
    const [begin, end] = [percent(from), percent(to)];
    const before = begin === 0 ? '' : `0%,${(begin - 0.01).toFixed(2)}%{opacity:0}`;
    const after = end === 100 ? '100%{opacity:1}' : `${end}%{opacity:1}${(end + 0.01).toFixed(2)}%,100%{opacity:0}`;
    return `@keyframes ${name}{${before}${begin}%{opacity:1}${after}}`;
  };
  return [
    ...groups.map(({ name, isStill }) => `.${name}{opacity:${isStill ? 1 : 0}}`),
    ...groups.map(keyframes),
    '@media (prefers-reduced-motion: no-preference){',
    ...groups.map(({ name }) => `.${name}{animation:${name} ${total}s linear infinite}`),
    '}',
  ].join('');
}
