import { useEffect, useState } from 'preact/hooks';
import type { ProbeItem, ScenarioItem } from './items.js';

/**
 * The probe that is shown. The fragment of the page's address has its id, so that a link to the page leads to it. Without one it is the
 * first that did not pass.
 */
export function useSelection(items: ScenarioItem[]): [ProbeItem | null, (item: ProbeItem) => void] {
  const [selected, setSelected] = useState(() => getLinked(items) ?? getFirst(items));
  useEffect(() => {
    const follow = () => {
      setSelected((current) => getLinked(items) ?? current);
      showLinked(items);
    };
    showLinked(items);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [items]);
  const select = (item: ProbeItem) => {
    history.replaceState(null, '', `#${item.probe.id}`);
    setSelected(item);
  };
  return [selected, select];
}

function getLinked(items: ScenarioItem[]): ProbeItem | null {
  const id = location.hash.slice(1);
  return id === '' ? null : (listAll(items).find(({ probe }) => probe.id === id) ?? null);
}

/** Scrolls to the probe that the address names. */
function showLinked(items: ScenarioItem[]): void {
  if (getLinked(items) !== null) {
    document.querySelector('.detail')?.scrollIntoView();
  }
}

function getFirst(items: ScenarioItem[]): ProbeItem | null {
  const all = listAll(items);
  return all.find(({ probe }) => probe.status !== 'passed') ?? all[0] ?? null;
}

function listAll(items: ScenarioItem[]): ProbeItem[] {
  return items.flatMap(({ probes }) => probes);
}
