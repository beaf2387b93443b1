import type { TourStep } from '../../../report/teaching/tour.js';

/** A step, and its world. */
export interface Step extends TourStep {
  server: string | null;
  to: string;
}

/** How long a client of the tour waits. Most programs wait for minutes. */
export const TIMEOUT_MS = 1000;

/** The story from which loopfw grew. */
export const STEPS: Step[] = [
  {
    title: 'A rejected client hangs',
    before:
      'A test needs a client that is rejected. The server listens on 127.0.0.1:8000, the client has the same address, and one rule rejects what comes from there. REJECT answers with an ICMP error, so the client should be refused at once.',
    rules: ['-A INPUT -s 127.0.0.1 -j REJECT'],
    server: 'tcp://127.0.0.1:8000',
    to: 'tcp://127.0.0.1:8000',
    after:
      'The answer of REJECT is a packet too. It goes from 127.0.0.1 to 127.0.0.1, so the same rule ends it. The client hears nothing, and waits. loopfw calls this answer-eaten.',
  },
  {
    title: 'Another address, and the client knows at once',
    before:
      'All of 127.0.0.0/8 belongs to this machine. Now the server listens on 127.0.0.2, and the rule names that address as the destination.',
    rules: ['-A INPUT -d 127.0.0.2 -j REJECT'],
    server: 'tcp://127.0.0.2:8000',
    to: 'tcp://127.0.0.2:8000',
    after: 'The error goes to 127.0.0.1. The rule does not match it, and the client is refused at once.',
  },
  {
    title: 'DROP: silence',
    before: 'DROP ends a packet without an answer.',
    rules: ['-A INPUT -d 127.0.0.2 -j DROP'],
    server: 'tcp://127.0.0.2:8000',
    to: 'tcp://127.0.0.2:8000',
    after: 'The client sees the same as in the first step: nothing. Only the way of the packets tells the two apart.',
  },
  {
    title: 'Closed: refused without a rule',
    before: 'No rules, and nothing listens on port 81.',
    rules: [],
    server: null,
    to: 'tcp://127.0.0.2:81',
    after:
      'The client sees the same as in the second step: refused. So there are two refusals and a silence, and a test must know which one it has made. A scenario of loopfw can expect each of them: closed, rejected, dropped, answer-eaten.',
  },
];
