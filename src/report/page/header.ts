import type { Result, Status } from '../../model/result.js';
import { countNoun } from '../../words/phrases.js';
import { getCoverage } from '../shared/coverage.js';
import { nameScenario } from '../shared/labels.js';
import { type CauseGroup, groupCauses } from './causes.js';
import { STATUS_ICONS } from './icons.js';
import { type Content, type Html, html } from './markup.js';
import { showMs, tellExpected, tellObserved, tellReason, tellResult } from './words.js';

/** More causes are behind a click. */
const MOST_CAUSES = 6;
/** The statuses in the order of the bar. */
const STATUSES = ['failed', 'error', 'inconclusive', 'passed'] as const;

/** What the whole run says: a sentence, a bar, and why. It stays when the script takes over. */
export function printHeader(result: Result): Html {
  const { environment, summary, startedAt } = result;
  const { counted, reached } = getCoverage(result);
  const facts = [
    countNoun(summary.scenarios, 'scenario'),
    showMs(summary.durationMs),
    ...(counted === 0 ? [] : [`${reached} of ${countNoun(counted, 'rule')} reached`]),
    ...(startedAt === '' ? [] : [startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')]),
    `Linux ${environment.kernel}`,
    ...(environment.iptables === null ? [] : [`iptables ${environment.iptables}`]),
  ];
  return html`<header class="head">
    <p class="facts"><b>loopfw</b> ${facts.map((fact) => html`<span>${fact}</span> `)}</p>
    <h1>${printIcon(getWorst(result))} ${tellResult(result)}</h1>
    ${printBar(summary)} ${printCauses(groupCauses(result))}${printScenarioErrors(result)}
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
            <summary>${countNoun(more.length, 'more cause')}</summary>
            <ul class="causes">
              ${more.map(printCause)}
            </ul>
          </details>`
    }`;
}

function printCause({ first, scenario, probes, scenarios }: CauseGroup): Html {
  const others = probes === 1 ? '' : ` and ${countNoun(probes - 1, 'more probe')}`;
  const where = scenarios === 1 ? nameScenario(scenario) : countNoun(scenarios, 'scenario');
  return html`<li class="cause ${first.status}">
    <a href="#${first.id}">${printIcon(first.status)} <b>${first.name}</b>${others}</a>
    <span class="where">${where}</span>
    <p>${tellReason(first)} Expected <b>${tellExpected(first.expected)}</b>, saw <b>${tellObserved(first)}</b>.</p>
  </li> `;
}

/** Scenarios that could not run: none of their probes says why. */
function printScenarioErrors({ scenarios, aborted }: Result): Content {
  const broken = scenarios.filter(({ error }) => error !== null);
  return broken.length === 0 && !aborted
    ? null
    : html`<ul class="causes">
        ${broken.map(
          (scenario) =>
            html`<li class="cause error">
              ${printIcon('error')} <b>${nameScenario(scenario)}</b> <span class="where">${scenario.file}</span>
              <pre>${scenario.error?.message ?? ''}</pre>
            </li> `,
        )}${
          aborted
            ? html`<li class="cause error">
                ${printIcon('error')} <b>The run was aborted.</b>
                <p>What had not finished is left out.</p>
              </li>`
            : null
        }
      </ul>`;
}
