import type { Advice } from '../model/advice.js';
import type { ProbeReply, ProbeReport, TraceLoss } from '../model/evidence.js';
import { PROTOCOLS } from '../model/protocols.js';
import type { DecidingRule, Outcome, ProbeResult } from '../model/result.js';
import type { NativeRules, ProbeSpec, RuleLanguage, ScenarioRule, UnseenTable } from '../model/scenario.js';
import type { Identity } from '../plan/identities.js';
import { findOlderFlow } from '../plan/older-flows.js';
import { findNearRules } from '../plan/remedy/near-rules.js';
import { listAdvice } from '../verdict/advice/advise.js';
import { explain } from '../verdict/explain.js';
import { makeHeadline } from '../verdict/headline.js';
import { judge } from '../verdict/judge.js';
import { describeUnseen } from '../verdict/unseen.js';
import { printEndpoint } from '../words/addresses.js';

/** The rule set that applied to a probe. */
export interface MetRules {
  language: RuleLanguage;
  rules: ScenarioRule[];
  natives: NativeRules[];
  /** The tables of the rule set that a packet can meet, and that no trace shows. */
  unseen: UnseenTable[];
  /** The probes whose flow may be older than the rule set, by index. */
  olderFlows: ReadonlySet<number>;
}

/** A probe with its phase, and what the result says of it beside its verdict. */
export interface Subject {
  probe: ProbeSpec;
  phase: string | null;
  identity: Identity;
}

/** Notes are made when all probes of a scenario have been judged. */
const NO_NOTES: ProbeResult['notes'] = [];

/** What is known of a packet that may have ended where no trace shows it. */
const UNKNOWN: Pick<ProbeReport, 'cause' | 'fate' | 'evidence'> = { cause: 'unexplained', fate: null, evidence: 'none' };

/** What may help each probe that has not passed, by its index: the best first. */
export type Offers = Map<number, Advice[]>;

const HELD = 'one of its packets was held for a moment, and the trace shows nothing of it afterwards';

/** Judges one probe, and joins verdict and evidence. @param offers takes what may help the probe */
export function makeProbeResult(
  subject: Subject,
  { language, rules, natives, unseen, olderFlows }: MetRules,
  control: Outcome | undefined,
  reply: ProbeReply | undefined,
  contradictions: string[],
  offers: Offers,
): ProbeResult {
  const { probe } = subject;
  if (reply === undefined || 'problem' in reply) {
    return makeProbeError(subject, reply?.problem ?? 'the sandbox gave no answer', control);
  }
  const { report } = reply;
  const { from = probe.from } = report;
  const { observed, decided, delays, journey, traceLost } = report;
  const doubt = describeUnseen(report, unseen);
  const { cause, fate, evidence } = doubt === null ? report : UNKNOWN;
  // All members are named here: a spread before new members costs V8 a microsecond for each member. With a spread, a result took forty
  // times as long to make, and 5,000 scenarios took 30 MB more.
  const c = {
    observed,
    decided,
    delays,
    cause,
    fate,
    evidence,
    journey,
    protocol: probe.protocol,
    from,
    to: probe.to,
    timeoutMs: probe.timeoutMs,
    expected: probe.expect,
    control: control === undefined ? null : { outcome: control },
    rules: isNative(rules, report.rule) ? 'nft' : language,
    rule: toDecidingRule(rules, report.rule),
    olderFlow: olderFlows.has(probe.index) ? findOlderFlow(probe, rules, journey) : null,
    doubts: [
      ...(traceLost === null ? [] : [describeLoss(traceLost)]),
      ...(report.isHeld ? [HELD] : []),
      ...(doubt === null ? [] : [doubt]),
      ...contradictions,
    ],
  };
  const { status, reasons } = judge(c);
  offers.delete(probe.index);
  if (status !== 'passed' || Object.keys(probe.expect).length === 0) {
    offers.set(probe.index, listAdvice(c, { rules, near: findNearRules(probe, rules, natives, journey) }));
  }
  return describe(subject, from, {
    headline: makeHeadline({ status, expected: c.expected, observed, cause, rule: c.rule, control: c.control }),
    observed,
    decided,
    control: c.control,
    cause,
    rule: c.rule,
    evidence,
    notes: NO_NOTES,
    journey,
    status,
    explanation: [...(reasons.length > 0 ? [`${capitalize(reasons.join('; '))}.`] : []), explain(c)].join(' '),
    advice: offers.get(probe.index)?.[0]?.text ?? null,
    adviceTrial: null,
  });
}

/** Whether notes say why rules did not do what was expected of a probe. */
export function isNoted({ status }: ProbeResult, areAllAsked: boolean): boolean {
  return status === 'failed' || status === 'inconclusive' || (areAllAsked && status === 'passed');
}

/** Only this probe is affected: the messages before and after it were read. */
function describeLoss({ messages, isLimited }: TraceLoss): string {
  const remedy = isLimited
    ? 'as root on the host, sysctl --write net.core.rmem_max=33554432; or run loopfw as root'
    : 'let fewer probes run at once ("parallel"), or packets match fewer rules';
  return `while this probe was under way the kernel had to throw trace messages away, for it can keep only ${messages}: ${remedy}`;
}

/** The result of a probe that loopfw could not make: no observation, and no verdict. */
export function makeProbeError(subject: Subject, message: string, control?: Outcome): ProbeResult {
  return describe(subject, subject.probe.from, {
    headline: 'could not be made',
    observed: null,
    decided: null,
    control: control === undefined ? null : { outcome: control },
    cause: null,
    rule: null,
    evidence: 'none',
    notes: NO_NOTES,
    journey: [],
    status: 'error',
    explanation: message,
    advice: null,
    adviceTrial: null,
  });
}

type Judged = Pick<
  ProbeResult,
  | 'headline'
  | 'observed'
  | 'decided'
  | 'control'
  | 'cause'
  | 'rule'
  | 'evidence'
  | 'notes'
  | 'journey'
  | 'status'
  | 'explanation'
  | 'advice'
  | 'adviceTrial'
>;

/** All members are named, as in makeProbeResult(): with spreads the results of 10,000 probes took 90 MB more. */
function describe({ probe, phase, identity }: Subject, from: string, judged: Judged): ProbeResult {
  return {
    id: identity.id,
    index: probe.resultIndex,
    name: probe.name,
    phase,
    ruleSet: identity.ruleSet,
    matrix: probe.matrix,
    line: probe.position.line,
    column: probe.position.column,
    client: probe.client,
    from,
    clientPlace: identity.clientPlace,
    server: probe.server,
    to: showTarget(probe.protocol, probe.to),
    serverPlace: identity.serverPlace,
    protocol: probe.protocol,
    timeoutMs: probe.timeoutMs,
    headline: judged.headline,
    expected: probe.expect,
    observed: judged.observed,
    decided: judged.decided,
    control: judged.control,
    cause: judged.cause,
    rule: judged.rule,
    evidence: judged.evidence,
    notes: judged.notes,
    journey: judged.journey,
    status: judged.status,
    explanation: judged.explanation,
    advice: judged.advice,
    adviceTrial: judged.adviceTrial,
    hint: probe.hint,
  };
}

function showTarget(protocol: ProbeSpec['protocol'], { address, port }: ProbeSpec['to']): string {
  return PROTOCOLS[protocol].hasPort ? printEndpoint(address, port) : address;
}

/** Whether a rule is of a native file. The entries of such a rule are known to the kernel only. */
function isNative(rules: ScenarioRule[], rule: ProbeReport['rule']): boolean {
  return findRule(rules, rule?.entry ?? null)?.entries.length === 0;
}

function findRule(rules: ScenarioRule[], entry: number | null): ScenarioRule | undefined {
  const isMeant = (own: ScenarioRule | undefined) => own?.index === entry;
  // A rule is at its own index, unless a rule set file has policies or chains before it.
  return entry === null ? undefined : isMeant(rules[entry]) ? rules[entry] : rules.find(isMeant);
}

/** The rule that decided, as the result has it. @param rules the rule set that the packet met */
export function toDecidingRule(rules: ScenarioRule[], rule: ProbeReport['rule']): DecidingRule | null {
  if (rule === null) {
    return null;
  }
  const { entry, table, chain, text, isPolicy, fault = null } = rule;
  const met = findRule(rules, entry);
  return { index: entry, name: met?.name ?? fault, table, chain, text, isPolicy, file: met?.file ?? null, line: met?.line ?? null };
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
