import { useState } from 'preact/hooks';
import { nameCounter, showCounted } from '../../shared/labels.js';
import { countThings, showMs } from '../words.js';
import { StatusIcon } from './icons.js';
import { getRules, type ProbeItem, type ScenarioItem } from './items.js';
import { ProbeCard } from './probe/card.js';
import { RuleTable } from './rules.js';

interface Props {
  item: ProbeItem;
  select: (item: ProbeItem) => void;
}

/** The scenario of a probe: what it is, the probe, and the rules that judged it. */
export function Detail({ item, select }: Props) {
  const [picked, setPicked] = useState<number | null>(null);
  const rules = getRules(item);
  const pick = (rule: number) => {
    setPicked(rule);
    document.getElementById(`rule-${rule}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <section class="detail" aria-label="The chosen probe">
      <ScenarioHead item={item.parent} rules={rules.length} />
      <ProbeCard item={item} rules={rules} pick={pick} />
      {rules.length > 0 && <RuleTable item={item} rules={rules} picked={picked} setPicked={setPicked} select={select} />}
    </section>
  );
}

function ScenarioHead({ item: { scenario, name, probes }, rules }: { item: ScenarioItem; rules: number }) {
  const { status, file, line, backend, durationMs, description, tags, warnings, counters } = scenario;
  return (
    <header>
      <h2>
        <StatusIcon status={status} /> {name}
      </h2>
      <p class="facts">
        <code>
          {file}:{line}
        </code>{' '}
        <span>{backend} back end</span> <span>{showMs(durationMs)}</span>{' '}
        <span>
          {countThings(probes.length, 'probe')}, {countThings(rules, 'rule')}
        </span>
        {tags.map((tag) => (
          <>
            {' '}
            <span key={tag} class="tag">
              {tag}
            </span>
          </>
        ))}
      </p>
      {description !== null && <p class="soft prose">{description}</p>}
      {warnings.map(({ code, message, file: where, line: row, column }) => (
        <p key={`${code}${where}${row}${column}`} class="warning prose">
          <b>Warning</b> {message}{' '}
          <code>
            {where}:{row}:{column}
          </code>{' '}
          <span class="soft">{code}</span>
        </p>
      ))}
      {counters.length > 0 && (
        <ul class="plain">
          {counters.map((counter) => (
            <li key={nameCounter(counter)}>
              <StatusIcon status={counter.status} /> {nameCounter(counter)}: {showCounted(counter)}
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}
