import type { Screen } from '../shared/layout.js';
import { countNoun } from '../../words/phrases.js';
import { makeHarmless } from '../../words/harmless.js';

/** A fault of a world, with what it has hit. */
export interface ListedFault {
  id: number;
  fault: string;
  connections: number;
}

/** The faults of a world: number, fault, and how many connections it has hit. */
export function showFaults(faults: ListedFault[], { paint }: Pick<Screen, 'paint'>): string {
  if (faults.length === 0) {
    return 'no faults\n';
  }
  const idWidth = Math.max(...faults.map(({ id }) => String(id).length));
  const faultWidth = Math.max(...faults.map(({ fault }) => fault.length));
  const lines = faults.map(({ id, fault, connections }) => {
    const hits = connections === 0 ? paint.dim('never touched') : countNoun(connections, fault.includes('=udp:') ? 'flow' : 'connection');
    return `${String(id).padStart(idWidth)}  ${makeHarmless(fault).padEnd(faultWidth)}  ${hits}`;
  });
  return `${lines.join('\n')}\n`;
}
