import type { ExerciseInput } from '../../model/scenario-file.js';
import type { Exercise } from '../../model/scenario.js';
import type { Place } from '../json/document.js';

/** Reads `exercise`, and checks that the scenario leaves the rules to the student. The result is null if the scenario is no exercise. */
export function resolveExercise(scenario: Place): Exercise | null {
  if (scenario.member('exercise').value === undefined) {
    return null;
  }
  for (const key of ['rules', 'ruleset']) {
    if (scenario.member(key).value !== undefined) {
      scenario.member(key).key.complain(`"exercise" and "${key}" exclude each other: the rules of an exercise are its "start"`);
    }
  }
  for (const phase of scenario.member('phases').items()) {
    if (phase.member('rules').value !== undefined) {
      phase.member('rules').key.complain('a phase of an exercise has no "rules": the rules of the student apply in all phases');
    }
  }
  for (const [, server] of scenario.member('servers').members()) {
    if (server.member('command').value !== undefined) {
      server.member('command').key.complain('an exercise runs no program: leave "command" out, and give the server a "banner"');
    }
  }
  const input = scenario.member('exercise').read<ExerciseInput>();
  return input === undefined ? null : { task: input.task, start: input.start, hints: input.hints ?? [], lesson: input.lesson };
}
