import type { ProbeResult, Result, RuleResult, ScenarioResult } from '../../model/result.js';
import { showTrial } from '../shared/advice.js';
import { showJourney } from '../shared/journey.js';
import { getExplainCommand, getRuleSet, nameScenario } from '../shared/labels.js';
import { makePaint } from '../shared/paint.js';
import { printIcon } from './header.js';
import { type Content, type Html, html } from './markup.js';
import { countThings } from './words.js';

/** More stories are left to the script: the page would have everything twice. */
const MOST_STORIES = 100;

/** What the page says where no script may run: the story of each probe that did not pass, and all scenarios. */
export function printReasons({ scenarios }: Result): Html {
  const failed = scenarios.flatMap((scenario) =>
    scenario.probes.filter(({ status }) => status !== 'passed').map((probe) => ({ scenario, probe })),
  );
  const left = failed.length - MOST_STORIES;
  return html`<main id="reasons">
    <noscript><p class="note">Scripts are off: this is the summary. With scripts the page shows every probe and every rule.</p></noscript>
    ${
      failed.length === 0 ? null : html`<h2>What did not pass</h2> `
    }${failed.slice(0, MOST_STORIES).map(({ scenario, probe }) => printStory(scenario, probe))}${left > 0 ? html`<p class="note">And ${countThings(left, 'more probe')}.</p>` : null}
    <h2>Scenarios</h2>
    <table>
      <thead>
        <tr>
          <th>status</th>
          <th>scenario</th>
          <th>file</th>
          <th>passed</th>
        </tr>
      </thead>
      <tbody>
        ${scenarios.map(printRow)}
      </tbody>
    </table>
  </main>`;
}

function printStory(scenario: ScenarioResult, probe: ProbeResult): Html {
  const { id, name, phase, status, line, column, headline, explanation, advice, adviceTrial, hint } = probe;
  const rules: RuleResult[] = getRuleSet(scenario, probe.phase);
  return html`<article id="${id}">
    <h3>${printIcon(status)} ${phase === null ? '' : `${phase}: `}${name}</h3>
    <p class="facts"><span>${nameScenario(scenario)}</span> <span>${scenario.file}:${line}:${column}</span></p>
    <p><b>${headline}</b></p>
    <p>${explanation}</p>
    <pre>${showJourney(probe.journey, rules, '', makePaint(false)).join('\n')}</pre>
    ${note('What to do', advice)}${note('Tried', adviceTrial && showTrial(adviceTrial))}${note('The author’s hint', hint)}
    <p class="facts"><span>more: ${getExplainCommand(probe)}</span></p>
  </article> `;
}

function note(title: string, text: string | null): Content {
  return text === null ? null : html`<p><b>${title}:</b> ${text}</p> `;
}

function printRow(scenario: ScenarioResult): Html {
  const { status, file, probes } = scenario;
  const passed = probes.filter((probe) => probe.status === 'passed').length;
  return html`<tr>
    <td>${printIcon(status)} ${status}</td>
    <td>${nameScenario(scenario)}</td>
    <td>${file}</td>
    <td>${passed} of ${probes.length}</td>
  </tr> `;
}
