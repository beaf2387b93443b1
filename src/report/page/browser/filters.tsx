import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import { StatusIcon } from './icons.js';
import type { Filter, ScenarioItem } from './items.js';
import { countThings, showCount } from '../words.js';

const STATUSES = ['failed', 'error', 'inconclusive', 'passed'] as const;

interface Props {
  items: ScenarioItem[];
  filter: Filter;
  setFilter: (filter: Filter) => void;
  /** How many probes the filter leaves. */
  count: number;
  search: RefObject<HTMLInputElement | null>;
}

export function FilterBar({ items, filter, setFilter, count, search }: Props) {
  const { counts, total, tags } = useMemo(() => summarize(items), [items]);
  return (
    <div class="bar-of-filters" role="search">
      <div class="choices" role="group" aria-label="Status">
        <button type="button" aria-pressed={filter.status === null} onClick={() => setFilter({ ...filter, status: null })}>
          all <span class="count">{showCount(total)}</span>
        </button>
        {STATUSES.filter((status) => counts[status] > 0).map((status) => (
          <button key={status} type="button" aria-pressed={filter.status === status} onClick={() => setFilter({ ...filter, status })}>
            <StatusIcon status={status} /> {status} <span class="count">{showCount(counts[status])}</span>
          </button>
        ))}
      </div>
      <input
        ref={search}
        type="search"
        aria-label="Search names, addresses, causes and rules"
        placeholder="Search names, addresses, causes, rules  ( / )"
        value={filter.query}
        onInput={(event) => setFilter({ ...filter, query: event.currentTarget.value })}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      {tags.length > 0 && (
        <select
          aria-label="Tag"
          value={filter.tag ?? ''}
          onChange={({ currentTarget: { value } }) => setFilter({ ...filter, tag: value === '' ? null : value })}
        >
          <option value="">all tags</option>
          {tags.map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
        </select>
      )}
      <span class="soft" role="status">
        {countThings(count, 'probe')}
      </span>
    </div>
  );
}

function summarize(items: ScenarioItem[]) {
  const counts = { failed: 0, error: 0, inconclusive: 0, passed: 0 };
  const tags = new Set<string>();
  let total = 0;
  for (const { scenario, probes } of items) {
    scenario.tags.forEach((tag) => tags.add(tag));
    for (const { probe } of probes) {
      counts[probe.status] += 1;
      total += 1;
    }
  }
  return { counts, total, tags: [...tags].sort() };
}
