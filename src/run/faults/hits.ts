import type { Fault, FaultHits } from '../../model/program.js';
import { countNoun } from '../../words/phrases.js';
import type { TouchedFault } from './exec-result.js';

/** Faults with their hits. The id of a fault is its place. */
export function listTouched(faults: Fault[], hits: FaultHits[]): TouchedFault[] {
  return faults.map(({ text }, place) => ({ fault: text, connections: hits.find(({ id }) => id === place)?.connections ?? 0 }));
}

/** `refused 127.0.0.2:5432: 3 connections`, or `never touched`. UDP has flows: the datagrams of one client. */
export function describeTouched({ fault, connections }: TouchedFault): string {
  const noun = fault.includes('=udp:') ? 'flow' : 'connection';
  return `${fault.replace('=', ' ')}: ${connections === 0 ? 'never touched' : countNoun(connections, noun)}`;
}
