import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { tellObserved } from '../words.js';
import { StatusIcon } from './icons.js';
import type { ProbeItem, ScenarioItem } from './items.js';

/** The height of a row, as in style/tree.css. */
const ROW = 30;
/** Rows that are there above and below what can be seen. */
const SPARE = 10;
/** With more scenarios, those that passed are closed at first. */
const MOST_OPEN = 5;

type Row = { parent: ScenarioItem; probe: ProbeItem | null; count: number; place: number };

interface Props {
  items: ScenarioItem[];
  shown: ProbeItem[];
  selected: ProbeItem | null;
  select: (item: ProbeItem) => void;
  /** Whether a filter chose what is shown: then all of it is open. */
  isFiltered: boolean;
}

/** Scenarios and their probes. Only rows that can be seen are elements of the page, so that ten thousand probes cost no more than thirty. */
export function Tree({ items, shown, selected, select, isFiltered }: Props) {
  const [toggled, setToggled] = useState<ReadonlySet<ScenarioItem>>(new Set());
  const isOpenAtFirst = (item: ScenarioItem) => isFiltered || items.length <= MOST_OPEN || item.scenario.status !== 'passed';
  const isOpen = (item: ScenarioItem) => isOpenAtFirst(item) !== toggled.has(item);
  const toggle = (item: ScenarioItem) =>
    setToggled((before) => new Set(before.has(item) ? [...before].filter((other) => other !== item) : [...before, item]));
  const rows = useMemo(() => listRows(shown, isOpen), [shown, toggled, isFiltered]);
  // A probe that is chosen otherwise, as by a link, opens its scenario.
  useLayoutEffect(() => {
    if (selected !== null && !isOpen(selected.parent)) {
      toggle(selected.parent);
    }
  }, [selected]);

  const [scroll, setScroll] = useState({ top: 0, height: 900 });
  const box = useRef<HTMLDivElement>(null);
  const measure = () => box.current && setScroll({ top: box.current.scrollTop, height: box.current.clientHeight });
  useEffect(() => {
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  const current = rows.findIndex(({ probe }) => probe !== null && probe === selected);
  useLayoutEffect(() => {
    if (current !== -1) {
      reveal(box.current, current);
      measure();
    }
  }, [selected, current]);

  const [focused, setFocused] = useState<number | null>(null);
  const active = Math.min(focused ?? current, rows.length - 1);
  const move = (place: number) => {
    const row = rows[Math.max(0, Math.min(place, rows.length - 1))];
    if (row !== undefined) {
      setFocused(row.probe === null ? rows.indexOf(row) : null);
      reveal(box.current, rows.indexOf(row));
      measure();
      if (row.probe !== null) {
        select(row.probe);
      }
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      ArrowRight: () => row?.probe === null && !isOpen(row.parent) && toggle(row.parent),
      ArrowLeft: () => row !== undefined && (row.probe === null ? isOpen(row.parent) && toggle(row.parent) : move(active - row.place)),
      Enter: () => row?.probe === null && toggle(row.parent),
    };
    const act = moves[event.key];
    if (act !== undefined) {
      event.preventDefault();
      act();
    }
  };

  const from = Math.max(0, Math.floor(scroll.top / ROW) - SPARE);
  const visible = rows.slice(from, Math.ceil((scroll.top + scroll.height) / ROW) + SPARE);
  return (
    <div
      ref={box}
      class="tree"
      role="tree"
      aria-label="Scenarios and probes"
      aria-activedescendant={active >= from && active < from + visible.length ? `row-${active}` : undefined}
      tabIndex={0}
      onScroll={measure}
      onKeyDown={onKeyDown}
    >
      <div class="rows" role="presentation" style={{ height: `${rows.length * ROW}px` }}>
        {visible.map((row, offset) => (
          <TreeRow
            key={row.probe?.probe.id ?? row.parent}
            row={row}
            place={from + offset}
            isOpen={isOpen(row.parent)}
            isSelected={row.probe !== null && row.probe === selected}
            isActive={from + offset === active}
            onClick={() => (row.probe === null ? toggle(row.parent) : select(row.probe))}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  row: Row;
  place: number;
  isOpen: boolean;
  isSelected: boolean;
  isActive: boolean;
  onClick: () => void;
}

function TreeRow({ row: { parent, probe, count, place: inside }, place, isOpen, isSelected, isActive, onClick }: RowProps) {
  const status = probe === null ? parent.scenario.status : probe.probe.status;
  return (
    <div
      id={`row-${place}`}
      class={`row ${probe === null ? 'of-scenario' : 'of-probe'} ${isActive ? 'active' : ''}`}
      role="treeitem"
      aria-level={probe === null ? 1 : 2}
      aria-expanded={probe === null ? isOpen : undefined}
      aria-selected={isSelected}
      aria-setsize={probe === null ? undefined : count}
      aria-posinset={probe === null ? undefined : inside}
      style={{ top: `${place * ROW}px` }}
      onClick={onClick}
    >
      {probe === null && <span class={`fold ${isOpen ? 'open' : ''}`} aria-hidden="true" />}
      <StatusIcon status={status} />
      <span class="name">{probe === null ? parent.name : probe.name}</span>
      <span class="soft">{probe === null ? count : tellObserved(probe.probe)}</span>
    </div>
  );
}

function listRows(shown: ProbeItem[], isOpen: (item: ScenarioItem) => boolean): Row[] {
  const groups = new Map<ScenarioItem, ProbeItem[]>();
  for (const probe of shown) {
    const group = groups.get(probe.parent);
    if (group === undefined) {
      groups.set(probe.parent, [probe]);
    } else {
      group.push(probe);
    }
  }
  return [...groups].flatMap(([parent, probes]) => {
    const count = probes.length;
    return [
      { parent, probe: null, count, place: 0 },
      ...(isOpen(parent) ? probes.map((probe, place) => ({ parent, probe, count, place: place + 1 })) : []),
    ];
  });
}

/** Scrolls as little as needed to see a row. */
function reveal(box: HTMLDivElement | null, row: number): void {
  if (box !== null) {
    const top = row * ROW;
    if (top < box.scrollTop || top + ROW > box.scrollTop + box.clientHeight) {
      box.scrollTop = top - box.clientHeight / 3;
    }
  }
}
