import type { ProgramJourney } from '../../model/evidence.js';
import type { DecidingRule } from '../../model/result.js';

/** What became of an attempt of a program to connect, or of its flow of UDP. */
export interface JourneyInWorld extends Omit<ProgramJourney, 'rule'> {
  /** The rule, policy or fault that decided; null if none did. */
  rule: DecidingRule | null;
}
