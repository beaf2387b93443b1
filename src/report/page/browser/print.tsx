import { render } from 'preact';
import { tellObserved } from '../words.js';
import { StatusIcon } from './icons.js';
import { getRules, type ProbeItem, type ScenarioItem } from './items.js';
import { ProbeCard } from './probe/card.js';
import { RuleRows } from './rules.js';

/** More drawings on paper help nobody. */
const MOST_CARDS = 200;

/** Makes the pages when somebody prints: what did not pass with its rules, then a list of all. Elsewhere they cost nothing. */
export function printWhenAsked(items: ScenarioItem[]): void {
  const paper = document.createElement('div');
  paper.id = 'paper';
  addEventListener('beforeprint', () => {
    document.body.append(paper);
    render(<Paper items={items} />, paper);
  });
  addEventListener('afterprint', () => {
    render(null, paper);
    paper.remove();
  });
}

function Paper({ items }: { items: ScenarioItem[] }) {
  const failed = items.flatMap(({ probes }) => probes.filter(({ probe }) => probe.status !== 'passed'));
  const more = failed.length - MOST_CARDS;
  return (
    <>
      {failed.slice(0, MOST_CARDS).map((item) => (
        <PaperCard key={item.probe.id} item={item} />
      ))}
      {more > 0 && <p>And {more} more that did not pass.</p>}
      <h2>All probes</h2>
      {items.map(({ scenario, name, probes }) => (
        <section key={name}>
          <h3>
            <StatusIcon status={scenario.status} /> {name} <span class="soft">{scenario.file}</span>
          </h3>
          <ul class="plain columns">
            {probes.map((item) => (
              <li key={item.probe.id}>
                <StatusIcon status={item.probe.status} /> {item.name} <span class="soft">{tellObserved(item.probe)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** With the rules that its packets met: a whole rule set fills pages. */
function PaperCard({ item }: { item: ProbeItem }) {
  const rules = getRules(item);
  const met = new Set(item.probe.journey.flatMap(({ steps }) => steps.map(({ rule }) => rule)));
  const shown = rules.filter(({ index }) => met.has(index));
  return (
    <>
      <h2>{item.parent.name}</h2>
      <ProbeCard item={item} rules={rules} pick={() => {}} />
      {shown.length > 0 && <RuleRows rules={shown} decided={item.probe.rule?.index ?? null} picked={null} />}
    </>
  );
}
