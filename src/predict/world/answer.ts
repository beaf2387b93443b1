/** What a rule asks of a packet: yes, no, or something that is not modelled or not known. */
export type Answer = boolean | Unknown;

export interface Unknown {
  /** What is not known, for people: `limit`, `the port of the client`. */
  unknown: string;
}

export function unknown(what: string): Unknown {
  return { unknown: what };
}

function isKnown(answer: Answer): answer is boolean {
  return typeof answer === 'boolean';
}

/** The answer to a question that has `!` before it. */
export function flip(answer: Answer, negated: boolean): Answer {
  return isKnown(answer) ? answer !== negated : answer;
}

/** Whether all hold. One that does not hold decides, whatever the others are. */
export function all(answers: Answer[]): Answer {
  return answers.includes(false) ? false : (answers.find((answer) => !isKnown(answer)) ?? true);
}

/** Whether one of them holds. */
export function any(answers: Answer[]): Answer {
  return answers.includes(true) ? true : (answers.find((answer) => !isKnown(answer)) ?? false);
}
