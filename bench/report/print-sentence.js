import { formatMs, formatRatio } from './format.js';

/** A case in a sentence. */
export function printSentence({ name, entries: [loopfw, ...others] }) {
  const rest = others.map(({ name: other, medianMs }) => `${other} ${formatMs(medianMs)} (${formatRatio(medianMs / loopfw.medianMs)})`);
  return `**${name}**: ${[`${loopfw.name} ${formatMs(loopfw.medianMs)}`, ...rest].join(' · ')}`;
}
