import { countNoun } from '../../words/phrases.js';
import type { TouchedFault } from './control-types.js';

/** `refused 127.0.0.2:5432: 3 connections`, or `never touched`. UDP has flows: the datagrams of one client. */
export function describeTouched({ fault, connections }: TouchedFault): string {
  const noun = fault.includes('=udp:') ? 'flow' : 'connection';
  return `${fault.replace('=', ' ')}: ${connections === 0 ? 'never touched' : countNoun(connections, noun)}`;
}
