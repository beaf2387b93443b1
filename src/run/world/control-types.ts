/* Generated from schema/control.json by `npm run generate`: change the schema instead. */

/**
 * The document that `loopfw exec -r json=FILE` writes when the program has ended. The definitions are the bodies of the requests to $LOOPFW_CONTROL, and of the answers.
 */
export interface ExecResult {
  version: 1;
  /**
   * The program and its arguments.
   */
  command: string[];
  /**
   * The program's exit code: 128+n if signal n ended it, 127 if it was not found. `--expect-hit` does not change it.
   */
  exitCode: number;
  /**
   * The faults in the order of the command line. Empty if the program could not start, or was ended together with its world.
   */
  faults: TouchedFault[];
}
/**
 * A fault, and what it has hit.
 */
export interface TouchedFault {
  /**
   * The fault as it was typed: `refused=127.0.0.2:5432,after=1s`.
   */
  fault: string;
  /**
   * How many connections it has hit, or flows of UDP; 0: never touched.
   */
  connections: number;
}
/**
 * POST /v1/faults.
 */
export interface NewFault {
  /**
   * As after `--fault`: `refused=127.0.0.2:5432,after=1s`. `after` and `for` count from this request.
   */
  fault: string;
}
/**
 * The answer to POST /v1/faults, and an element of the list of GET /v1/faults: the faults that have not been healed.
 */
export interface FaultInWorld {
  /**
   * The number of the fault, for DELETE /v1/faults/ID.
   */
  id: number;
  /**
   * As it was typed.
   */
  fault: string;
  /**
   * How many connections it has hit so far, or flows of UDP.
   */
  connections: number;
}
/**
 * POST /v1/rules.
 */
export interface NewRules {
  /**
   * The whole rule set from then on, as the key `rules` of a scenario: texts of iptables, or objects.
   */
  rules: (
    | string
    | {
        [k: string]: unknown;
      }
  )[];
}
/**
 * POST /v1/rules with the texts of rule set files in the place of `rules`.
 */
export interface NewRuleFiles {
  /**
   * The whole rule set from then on. All files judge a packet.
   */
  rulesets: RuleFile[];
}
/**
 * A file of rules.
 */
export interface RuleFile {
  /**
   * Its name in messages and reports.
   */
  file: string;
  /**
   * What iptables-save or iptables -S writes, a script of iptables lines, or what nft -f reads, without include.
   */
  text: string;
}
/**
 * An element of the list of GET /v1/servers.
 */
export interface ServerInWorld {
  /**
   * Its name in the scenario.
   */
  name: string;
  /**
   * What it speaks.
   */
  protocol: 'tcp' | 'udp' | 'http';
  /**
   * Where it listens. 0.0.0.0 and :: are every address of the family.
   */
  address: string;
  /**
   * Its first port.
   */
  port: number;
  /**
   * Its last port.
   */
  lastPort: number;
}
/**
 * The body of every answer from 400 on.
 */
export interface ControlError {
  error: ControlErrorDetails;
}
/**
 * What went wrong.
 */
export interface ControlErrorDetails {
  /**
   * usage (400): the request has a mistake. not-found (404): there is no such path or fault. conflict (409): the kernel did not take it, and the world is as before. environment (503): this machine cannot do it. internal (500): loopfw has failed.
   */
  code: 'usage' | 'not-found' | 'conflict' | 'environment' | 'internal';
  /**
   * What is wrong, and what can be done.
   */
  message: string;
}
/**
 * An element of the list of GET /v1/journeys: an attempt of a program to connect, or a flow of UDP, with what became of it. The newest 1,000 are kept. ?since=N leaves out those with a lower number.
 */
export interface JourneyInWorld {
  /**
   * Its number, in the order in which they began.
   */
  number: number;
  /**
   * When its first packet was seen, as an instant of ISO 8601.
   */
  startedAt: string;
  /**
   * Its protocol.
   */
  protocol: 'tcp' | 'udp';
  /**
   * The client's end: 127.0.0.1:41647, [::1]:41647.
   */
  from: string;
  /**
   * The end that the client asked for.
   */
  to: string;
  /**
   * Why the client saw what it saw: a cause of schema/result.json.
   */
  cause: string;
  /**
   * The rule, policy or fault that decided, as in schema/result.json; null if none did.
   */
  rule: {
    [k: string]: unknown;
  } | null;
  /**
   * The fault that decided, as it was typed.
   */
  fault: string | null;
  /**
   * Its packets, as in schema/result.json: SYN, SYN-ACK, RST, ICMP errors and the first datagrams of a flow.
   */
  journey: {
    [k: string]: unknown;
  }[];
  /**
   * Whether the kernel has shown all of it. Otherwise it had to throw messages away.
   */
  isComplete: boolean;
}
