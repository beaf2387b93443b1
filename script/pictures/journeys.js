// A rejected request and its answer as a drawing, made from the result document: one panel for each scenario.
import { escape, MONOSPACE, SANS, toPicture } from './svg.js';

const WIDTH = 412;
const HEIGHT = 296;
const GAP = 16;
const REQUEST = 128;
const ANSWER = 204;

/** @param panels each with a heading, a conclusion, and the scenario of a result. Of its probes the quickest is drawn */
export function drawJourneys(title, panels, theme) {
  const width = panels.length * WIDTH + (panels.length - 1) * GAP;
  return toPicture(width, HEIGHT, title, [
    `<defs>${['green', 'ink'].map((color) => `<marker id="${color}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="${theme[color]}"/></marker>`).join('')}</defs>`,
    `<g font-family="${SANS}" font-size="13" fill="${theme.ink}">`,
    ...panels.flatMap((panel, place) => [`<g transform="translate(${place * (WIDTH + GAP)} 0)">`, ...drawPanel(panel, theme), '</g>']),
    '</g>',
  ]);
}

function drawPanel({ heading, conclusion, scenario }, theme) {
  const [probe] = scenario.probes.toSorted((one, other) => one.observed.elapsedMs - other.observed.elapsedMs);
  const [request, answer] = probe.journey;
  const { rule } = request.steps.find(({ verdict }) => verdict === 'reject');
  const ended = answer.steps.find(({ verdict }) => verdict === 'reject' || verdict === 'drop');
  const isOwn = ended !== undefined && ended.rule === rule;
  const color = ended === undefined ? 'green' : 'red';
  const text = (x, y, words, look = '') => `<text x="${x}" y="${y}" ${look}>${escape(words)}</text>`;
  const small = `font-size="12" fill="${theme.soft}"`;
  const middle = 'text-anchor="middle"';
  const cross = (x, y) =>
    `<path d="M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x + 6} ${y - 6}L${x - 6} ${y + 6}" stroke="${theme.red}" stroke-width="3.5"/>`;
  const box = (x, y, width, height, look = '') =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${theme.page}" stroke="${theme.soft}" stroke-width="1.2" ${look}/>`;
  return [
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8" fill="${theme.card}" stroke="${theme.edge}"/>`,
    text(16, 30, heading, 'font-size="16" font-weight="bold"'),
    text(16, 54, scenario.rules[rule].text, `font-family="${MONOSPACE}" font-size="13" fill="${theme.blue}"`),

    box(16, 80, 100, 156),
    text(66, 102, 'client', `${middle} font-weight="bold"`),
    text(66, 120, probe.from, `${middle} ${small}`),
    text(
      66,
      ANSWER + 4,
      probe.observed.outcome === 'timeout' ? 'hangs' : probe.observed.outcome,
      `${middle} font-size="15" font-weight="bold" fill="${theme[color]}"`,
    ),
    text(
      66,
      ANSWER + 22,
      probe.observed.elapsedMs === null ? 'no answer' : `${probe.observed.elapsedMs.toFixed(1)} ms`,
      `${middle} ${small}`,
    ),

    box(326, 80, 72, 156, 'stroke-dasharray="4 3"'),
    text(362, 102, 'server', `${middle} font-weight="bold"`),
    text(362, 120, probe.to.split(':')[0], `${middle} font-size="11" fill="${theme.soft}"`),
    text(362, 160, 'never got', `${middle} font-size="11" fill="${theme.soft}"`),
    text(362, 175, 'the request', `${middle} font-size="11" fill="${theme.soft}"`),

    text(158, REQUEST - 9, 'request', `${middle} ${small}`),
    `<path d="M116 ${REQUEST}H196" stroke="${theme.ink}" stroke-width="2" marker-end="url(#ink)"/>`,
    box(198, REQUEST - 20, 76, 40),
    text(236, REQUEST + 5, 'INPUT', `${middle} font-weight="bold"`),
    text(236, REQUEST - 28, scenario.rules[rule].target, `${middle} font-weight="bold" fill="${theme.red}"`),

    `<path d="M274 ${REQUEST}H306V${ANSWER}H${ended === undefined ? 120 : 278}" fill="none" stroke="${theme[ended === undefined ? 'green' : 'ink']}" stroke-width="2" marker-end="url(#${ended === undefined ? 'green' : 'ink'})"/>`,
    cross(280, REQUEST),
    text(234, (REQUEST + ANSWER) / 2 + 4, 'answer: ICMP error', `${middle} ${small}`),
    ...(ended === undefined
      ? []
      : [
          box(198, ANSWER - 20, 76, 40),
          text(236, ANSWER + 5, ended.hook.toUpperCase(), `${middle} font-weight="bold"`),
          `<path d="M188 ${ANSWER}H120" stroke="${theme.soft}" stroke-width="1.5" stroke-dasharray="2 5"/>`,
          cross(192, ANSWER),
          text(
            236,
            ANSWER + 38,
            isOwn ? 'the same rule again' : scenario.rules[ended.rule].text,
            `${middle} font-weight="bold" fill="${theme.red}"`,
          ),
        ]),
    text(16, 274, conclusion, 'font-size="13.5"'),
  ];
}
