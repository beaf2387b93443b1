// A terminal as a picture that moves: one scene after the other, each with commands and what they print.
import { parseAnsi } from './ansi.js';
import { escape, MONOSPACE, toPicture } from './svg.js';

const COLUMN = 8;
const LINE = 18;
const MARGIN = 16;
const BAR = 30;

/**
 * @param scenes each with its seconds and the text of its screen, which may have colours
 * @param still the scene that is shown where nothing moves
 */
export function drawTerminal(title, columns, scenes, still, theme) {
  const screens = scenes.map(({ text }) => parseAnsi(text));
  const width = columns * COLUMN + 2 * MARGIN;
  const height = Math.max(...screens.map((lines) => lines.length)) * LINE + BAR + 2 * MARGIN;
  return toPicture(width, height, title, [
    `<style>${toStyle(scenes, still)}</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${theme.card}" stroke="${theme.edge}"/>`,
    ...['red', 'yellow', 'green'].map(
      (color, place) => `<circle cx="${MARGIN + 6 + place * 18}" cy="${BAR / 2 + 2}" r="5" fill="${theme[color]}" opacity="0.7"/>`,
    ),
    `<g font-family="${MONOSPACE}" font-size="13.3" fill="${theme.ink}" xml:space="preserve">`,
    ...screens.flatMap((lines, place) => [
      `<g class="s${place}">`,
      ...lines.flatMap((pieces, line) => pieces.map((piece) => drawPiece(piece, line, theme))),
      '</g>',
    ]),
    '</g>',
  ]);
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

/** Each scene is there for its part of the loop. Nothing moves for people who do not want it. */
function toStyle(scenes, still) {
  const total = scenes.reduce((sum, { seconds }) => sum + seconds, 0);
  const percent = (seconds) => Number(((seconds / total) * 100).toFixed(2));
  let begin = 0;
  const rules = scenes.map(({ seconds }, place) => {
    const [from, to] = [percent(begin), percent(begin + seconds)];
    begin += seconds;
    const before = from === 0 ? '' : `0%{opacity:0}${Math.max(0, from - 0.01)}%{opacity:0}`;
    const after = to === 100 ? '100%{opacity:1}' : `${to}%{opacity:1}${to + 0.01}%{opacity:0}100%{opacity:0}`;
    return `@keyframes k${place}{${before}${from}%{opacity:1}${after}}`;
  });
  return [
    ...scenes.map((_, place) => `.s${place}{opacity:${place === still ? 1 : 0}}`),
    ...rules,
    '@media (prefers-reduced-motion: no-preference){',
    ...scenes.map((_, place) => `.s${place}{animation:k${place} ${total}s linear infinite}`),
    '}',
  ].join('');
}
