import type { DecidingRule, ProbeResult } from '../model/result.js';
import { makeHarmless } from './make-harmless.js';
import { nameRule } from './name-rule.js';

/** `refused after 0.31 ms, rejected by rule 0 no-web: -A INPUT …` */
export function showOutcome({ observed, cause, rule, decided }: ProbeResult): string {
  const outcome = observed?.outcome ?? 'nothing observed';
  const when = decided === 'proved' ? ' (proved)' : ` after ${observed?.elapsedMs ?? '?'} ms`;
  return `${outcome}${when}, ${cause}${rule === null ? '' : ` by ${makeHarmless(describeDecider(rule))}`}`;
}

function describeDecider({ index, name, chain, text }: DecidingRule): string {
  if (text.startsWith('-P ')) {
    return `the policy ${text}`;
  }
  return index === null ? `the ${text} of ${chain}` : `${nameRule({ index, name })}: ${text}`;
}

/** What no probe reached, the counts, and whether that is all. */
