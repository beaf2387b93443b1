import { useMemo, useRef, useState } from 'preact/hooks';
import { Detail } from './detail.js';
import { FilterBar } from './filters.js';
import { type Filter, filterProbes, type ProbeItem, type ScenarioItem } from './items.js';
import { useKeys } from './keys.js';
import { useSelection } from './links.js';
import { Tree } from './tree.js';

const ALL: Filter = { status: null, tag: null, query: '' };

/** The page below its header: filters, the list of scenarios and probes, and the probe that is chosen. */
export function Explorer({ items }: { items: ScenarioItem[] }) {
  const [filter, setFilter] = useState(ALL);
  const [selected, select] = useSelection(items);
  const search = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => filterProbes(items, filter), [items, filter]);
  const step = (way: 1 | -1, isWanted: (item: ProbeItem) => boolean) => {
    const next = findNext(shown, selected, way, isWanted);
    if (next !== undefined) {
      select(next);
    }
  };
  const hasNotPassed = ({ probe }: ProbeItem) => probe.status !== 'passed';
  useKeys({
    j: () => step(1, () => true),
    k: () => step(-1, () => true),
    n: () => step(1, hasNotPassed),
    N: () => step(-1, hasNotPassed),
    '/': () => search.current?.select(),
  });
  return (
    <>
      <FilterBar items={items} filter={filter} setFilter={setFilter} count={shown.length} search={search} />
      <main class="panes">
        <Tree items={items} shown={shown} selected={selected} select={select} isFiltered={filter !== ALL} />
        {selected === null ? <p class="note">There is no probe.</p> : <Detail key={selected.parent.name} item={selected} select={select} />}
      </main>
      <footer class="foot">
        <kbd>n</kbd> <kbd>N</kbd> next and previous that did not pass · <kbd>j</kbd> <kbd>k</kbd> next and previous · <kbd>/</kbd> search ·
        arrows in the list · printing prints what did not pass, and a list of all
      </footer>
    </>
  );
}

/** The next item after the selected one that is wanted. If the selected one is not shown, the search begins at an end of the list. */
function findNext(shown: ProbeItem[], selected: ProbeItem | null, way: 1 | -1, isWanted: (item: ProbeItem) => boolean) {
  const start = selected === null ? -1 : shown.indexOf(selected);
  return way === 1 ? shown.slice(start + 1).find(isWanted) : shown.slice(0, Math.max(0, start)).findLast(isWanted);
}
