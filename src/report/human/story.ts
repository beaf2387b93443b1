import type { Cause, ProbeResult, ScenarioResult, Status, Warning } from '../../model/result.js';
import { labelAdvice } from '../shared/advice.js';
import { getExplainCommand, nameCounter, nameScenario, showCounted } from '../shared/labels.js';
import { type Screen, spread, wrap } from '../shared/layout.js';
import type { Story, StoryOf, Told } from './causes.js';
import { drawJourney } from './journey.js';
import { showMatrix } from './matrix.js';
import { showError, showLoaded, showNotes, showWarnings } from './remarks.js';

const DETAIL = '  ';
/** More probes with the same story are only counted. */
const MOST_SAME = 5;
/** A client that learns of a rejection later than this did so by the answer to its second SYN, which the journey alone does not say. */
const PROMPT_MS = 900;

interface Detail {
  /** Whether each story has everything that is known, as --verbose asks for. */
  isVerbose: boolean;
  /** Whether the report has shown all probes of the scenarios before. */
  hasContext: boolean;
  /** Whether a story names its scenario and the place of its probe. A student has only rules. Default: true. */
  hasPlaces?: boolean;
}

/** Makes the teller of what did not pass: what was expected and seen, why, the journey, and what to do. It says nothing twice. */
export function makeTeller({ isVerbose, hasContext, hasPlaces = true }: Detail, screen: Screen): (story: Story) => string {
  const { bold } = screen.paint;
  const named = new Set<string>();
  const shown = new Set<string>();
  const label = (name: string, text: string | null) => (text === null ? [] : [wrap(`${bold(`${name}:`)} ${text}`, DETAIL, screen)]);

  const showMore = (status: Status, cause: Cause | null): string[] => {
    const command = getExplainCommand({ status, cause });
    const isNew = !named.has(command);
    named.add(command);
    return isNew ? label('more', command) : [];
  };

  /** The truth table of a probe, and the warnings of its scenario, each code once. */
  const showContext = ({ scenario, probe: { matrix, phase } }: Told): string[] => {
    const key = JSON.stringify([scenario.file, scenario.name, scenario.backend]);
    const [isNew, isNewTable] = [!shown.has(key), matrix !== null && !shown.has(`${key} ${phase}`)];
    shown.add(key).add(`${key} ${phase}`);
    return [
      ...(isNewTable
        ? showMatrix(
            scenario.probes.filter((each) => each.phase === phase && each.matrix !== null),
            DETAIL,
            screen,
          )
        : []),
      ...(isNew ? showWarnings(takeFirst(scenario.warnings), DETAIL, screen) : []),
      ...(isNew ? showLoaded(scenario.loaded ?? [], DETAIL, screen) : []),
    ];
  };

  const tellProbe = (told: Told, same: Told[]): string => {
    const { probe, rules } = told;
    const journey = drawJourney(probe, rules, DETAIL, screen, isVerbose);
    const end = [
      ...label(labelAdvice(probe.adviceTrial), probe.advice),
      ...label('hint', probe.hint),
      ...showMore(probe.status, probe.cause),
      ...showSame(told, same, { isWhole: isVerbose, hasPlaces }, screen),
    ];
    return [
      hasPlaces ? showProbeHead(told, screen) : `${screen.paint.mark(probe.status)} ${bold(nameInScenario(probe))}`,
      ...(probe.status === 'error' ? [] : [wrap(probe.headline, DETAIL, screen)]),
      ...(isVerbose || !isToldByJourney(probe) ? [wrap(probe.explanation, DETAIL, screen)] : []),
      ...showNotes(probe.notes, DETAIL, screen),
      ...(hasContext ? [] : showContext(told)),
      ...(journey.length === 0 ? [] : ['', ...journey]),
      ...(journey.length === 0 || end.length === 0 ? [] : ['']),
      ...end,
    ].join('\n');
  };

  return (story) => {
    switch (story.kind) {
      case 'probe':
        return tellProbe(story, story.same);
      case 'error':
        return [tellError(story, screen), ...showMore('error', null)].join('\n');
      case 'counter':
        return tellCounter(story, screen);
    }
  };
}

/** A story in two lines, for those that come after many others. */
export function nameStory(story: Story, screen: Screen): string {
  switch (story.kind) {
    case 'probe':
      return [
        showProbeHead(story, screen),
        wrap(getReason(story.probe), DETAIL, screen),
        ...showSame(story, story.same, { isWhole: false, hasPlaces: true }, screen),
      ].join('\n');
    case 'error':
      return tellError(story, screen);
    case 'counter':
      return tellCounter(story, screen);
  }
}

function tellError({ scenario, message }: StoryOf<'error'>, screen: Screen): string {
  return [showHead('error', nameScenario(scenario), scenario.file, screen), ...showError(message, DETAIL, screen)].join('\n');
}

function tellCounter({ scenario, counter }: StoryOf<'counter'>, screen: Screen): string {
  const title = `${nameScenario(scenario)} › ${nameCounter(counter)}`;
  return [showHead(counter.status, title, scenario.file, screen), `${DETAIL}saw ${showCounted(counter)}`].join('\n');
}

/** Why a probe did not pass. Where there is no verdict, expected and seen do not say it. */
function getReason({ status, headline, explanation }: ProbeResult): string {
  return status === 'failed' ? headline : explanation;
}

/** The first warning of each code, and how many of it there are. */
function takeFirst(warnings: Warning[]): Warning[] {
  return [...new Set(warnings.map(({ code }) => code))].flatMap((code) => {
    const [first, ...others] = warnings.filter((warning) => warning.code === code);
    return first === undefined
      ? []
      : [others.length === 0 ? first : { ...first, message: `${first.message} (and ${others.length} more of this kind)` }];
  });
}

/**
 * Whether the journey says all that the explanation says: a rule ended the request, or an answer to it, and the client saw what usually
 * follows.
 */
function isToldByJourney({ status, cause, observed, journey }: ProbeResult): boolean {
  const isPrompt = observed !== null && (observed.elapsedMs === null || observed.elapsedMs < PROMPT_MS);
  const isFirst = journey[0]?.kind === 'syn' || journey[0]?.kind === 'udp' || journey[0]?.kind === 'echo';
  if (status !== 'failed' || !isFirst || !journey.some(({ fate }) => fate === 'ended')) {
    return false;
  }
  return cause === 'rejected' ? isPrompt && observed.outcome !== 'timeout' : cause === 'dropped' || cause === 'answer-eaten';
}

function showProbeHead(told: Told, screen: Screen): string {
  return showHead(told.probe.status, nameProbe(told), getPlace(told), screen);
}

function showHead(status: Status, title: string, place: string, screen: Screen): string {
  return spread(`${screen.paint.mark(status)} ${screen.paint.bold(title)}`, place, screen);
}

function nameProbe({ scenario, probe }: Told): string {
  return [nameScenario(scenario), nameInScenario(probe)].join(' › ');
}

function nameInScenario({ phase, name }: ProbeResult): string {
  return [...(phase === null ? [] : [phase]), name].join(' › ');
}

function getPlace({ scenario: { file }, probe: { line, column } }: Told): string {
  return `${file}:${line}:${column}`;
}

/** The other probes with the same story, by the part of their names that differs; a line for each place in the file. */
function showSame(first: Told, same: Told[], { isWhole, hasPlaces }: { isWhole: boolean; hasPlaces: boolean }, screen: Screen): string[] {
  const places = new Map<string, Told[]>();
  for (const told of same) {
    const key = JSON.stringify([getPlace(told), told.scenario.backend]);
    places.set(key, [...(places.get(key) ?? []), told]);
  }
  const groups = [...places.values()];
  const shown = isWhole || screen.columns === null ? groups : groups.slice(0, MOST_SAME);
  const left = groups.slice(shown.length).flat().length;
  return [
    ...shown.map(([told, ...others]) => {
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      const line = told === undefined ? '' : `${DETAIL}the same: ${nameAfter(first.scenario, told)}${more}`;
      return told === undefined || !hasPlaces ? line : spread(line, getPlace(told), screen);
    }),
    ...(left > 0 ? [`${DETAIL}the same: ${left} more`] : []),
  ];
}

function nameAfter(scenario: ScenarioResult, told: Told): string {
  return told.scenario === scenario ? nameInScenario(told.probe) : nameProbe(told);
}
