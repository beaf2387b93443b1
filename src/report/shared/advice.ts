import type { AdviceTrial, ChangedProbe } from '../../model/result.js';

/** More changed probes are only counted. */
const MOST = 3;

/** The label of an advice: `advice`, `advice (tried: connected after 0.2 ms)`, `advice (tried; also changes probe 3, ping: dropped → connected)`. */
export function labelAdvice(trial: AdviceTrial | null): string {
  if (trial === null) {
    return 'advice';
  }
  return trial.changed.length === 0 ? `advice (tried: ${showEnd(trial)})` : `advice (tried; ${showChanges(trial)})`;
}

/** `connected after 0.2 ms`, `connected after 0.2 ms; also changes probe 3, ping: dropped → connected` */
export function showTrial(trial: AdviceTrial): string {
  return trial.changed.length === 0 ? showEnd(trial) : `${showEnd(trial)}; ${showChanges(trial)}`;
}

function showEnd({ outcome, elapsedMs }: AdviceTrial): string {
  return elapsedMs === null ? outcome : `${outcome} after ${elapsedMs.toFixed(1)} ms`;
}

function showChanges({ changed }: AdviceTrial): string {
  const shown = changed.slice(0, MOST).map(showChange);
  const more = changed.length - shown.length;
  return `also changes ${[...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ')}`;
}

function showChange({ index, name, phase, from, to }: ChangedProbe): string {
  return `probe ${index}, ${phase === null ? '' : `${phase}: `}${name}: ${from} → ${to}`;
}
