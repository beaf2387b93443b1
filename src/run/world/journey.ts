import type { ProgramJourney } from '../../model/evidence.js';
import type { DecidingRule } from '../../model/result.js';

/** What became of a program's connection. */
export interface JourneyInWorld extends Omit<ProgramJourney, 'rule'> {
  rule: DecidingRule | null;
}
