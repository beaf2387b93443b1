import type { Result, ScenarioResult, Status } from '../../model/result.js';
import { getCoverage } from '../shared/coverage.js';
import { nameCounter, nameScenario, showCounted } from '../shared/labels.js';
import { type CauseGroup, groupCauses } from './causes.js';
import { STATUS_ICONS } from './icons.js';
import { type Content, type Html, html } from './markup.js';
import { countThings, showCount, showMs, tellExpected, tellObserved, tellReason, tellResult } from './words.js';

/** More causes are behind a click. */
const MOST_CAUSES = 6;
/** The statuses in the order of the bar. */
const STATUSES = ['failed', 'error', 'inconclusive', 'passed'] as const;

/** What the whole run says: a sentence, a bar, and why. It stays when the script takes over. */
export function printHeader(result: Result): Html {
  const { environment, summary, startedAt } = result;
  const { counted, reached, percent } = getCoverage(result);
  // What no probe can reach counts only where it was found out (--coverage).
  const share = result.coverage === undefined ? '' : `, coverage ${Math.floor(percent)} %`;
  const facts = [
    countThings(summary.scenarios, 'scenario'),
    showMs(summary.durationMs),
    ...(counted === 0 ? [] : [`${showCount(reached)} of ${countThings(counted, 'rule')} reached${share}`]),
    startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'),
    `Linux ${environment.kernel}`,
    ...(environment.iptables === null ? [] : [`iptables ${environment.iptables}`]),
  ];
  return html`<header class="head">
    <p class="facts"><b>loopfw</b> ${facts.map((fact) => html`<span>${fact}</span> `)}</p>
    <h1>${printIcon(getWorst(result))} ${tellResult(result)}</h1>
    ${printBar(summary)} ${printCauses(groupCauses(result))}${printOthers(result)}
  </header>`;
}

/** The status of the whole run: the worst of its scenarios. */
function getWorst({ scenarios, aborted }: Result): Status {
  const statuses = new Set(scenarios.map(({ status }) => status));
  const worst = (['error', 'failed', 'inconclusive'] as const).find((status) => statuses.has(status)) ?? 'passed';
  return aborted && worst === 'passed' ? 'error' : worst;
}

/** An icon that says its status to a screen reader. */
export function printIcon(status: Status): Html {
  const { shape, mark } = STATUS_ICONS[status];
  return html`<svg class="icon ${status}" viewBox="0 0 16 16" role="img" aria-label="${status}">
    <path class="shape" d="${shape}" />
    <path class="mark" d="${mark}" />
  </svg>`;
}

/** Widths are attributes of SVG: the security policy forbids style attributes. */
function printBar({ failed, errors, inconclusive, passed, probes }: Result['summary']): Html | null {
  const counts = { failed, error: errors, inconclusive, passed };
  let start = 0;
  const parts = STATUSES.filter((status) => counts[status] > 0).map((status) => {
    // A single failure in 10,000 probes is seen as well.
    const width = Math.max(6, (1000 * counts[status]) / Math.max(1, probes));
    const part = html`<rect class="${status}" x="${start.toFixed(1)}" width="${Math.max(0, width - 2).toFixed(1)}" height="8" />`;
    start += width;
    return part;
  });
  return parts.length === 0
    ? null
    : html`<svg class="bar" viewBox="0 0 ${start.toFixed(1)} 8" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}

function printCauses(groups: CauseGroup[]): Content {
  if (groups.length === 0) {
    return null;
  }
  const more = groups.slice(MOST_CAUSES);
  return html`<h2 class="hidden">Why</h2>
    <ul class="causes">
      ${groups.slice(0, MOST_CAUSES).map(printCause)}
    </ul>
    ${
      more.length === 0
        ? null
        : html`<details class="more">
            <summary>${countThings(more.length, 'more cause')}</summary>
            <ul class="causes">
              ${more.map(printCause)}
            </ul>
          </details>`
    }`;
}

function printCause({ first, scenario, probes, scenarios }: CauseGroup): Html {
  const others = probes === 1 ? '' : ` and ${countThings(probes - 1, 'more probe')}`;
  const where = scenarios === 1 ? nameScenario(scenario) : countThings(scenarios, 'scenario');
  const name = first.phase === null ? first.name : `${first.phase} · ${first.name}`;
  // What is inconclusive may look as expected: the explanation says what is missing.
  const reason =
    first.status === 'failed'
      ? html`${tellReason(first)} Expected <b>${tellExpected(first.expected)}</b>, saw <b>${tellObserved(first)}</b>.`
      : first.explanation;
  return html`<li class="cause ${first.status}">
    <a href="#${first.id}">${printIcon(first.status)} <b>${name}</b>${others}</a>
    <span class="where">${where}</span>
    <p>${reason}</p>
  </li> `;
}

/** Scenarios that could not run, counters that are not as expected, and a run that was aborted: no probe says so. */
function printOthers({ scenarios, aborted }: Result): Content {
  const others = [
    ...scenarios.flatMap((scenario) => (scenario.error === null ? [] : [printOther('error', scenario, scenario.error.message)])),
    ...scenarios.flatMap((scenario) =>
      scenario.counters
        .filter(({ status }) => status === 'failed')
        .map((counter) => printOther('failed', scenario, `${nameCounter(counter)}: ${showCounted(counter)}`)),
    ),
    ...(aborted ? [html`<li class="cause error">${printIcon('error')} The run was aborted: what had not finished is left out.</li>`] : []),
  ];
  return others.length === 0
    ? null
    : html`<ul class="causes">
        ${others}
      </ul>`;
}

/** A text that may have several lines, such as the output of a command. */
function printOther(status: Status, scenario: ScenarioResult, text: string): Html {
  return html`<li class="cause ${status}">
    ${printIcon(status)} <b>${nameScenario(scenario)}</b> <span class="where">${scenario.file}</span>
    <pre>${text}</pre>
  </li> `;
}
