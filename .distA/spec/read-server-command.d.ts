import type { ServerCommand } from '../model/scenario.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/**
 * Reads what a server says of a real program in its place; null where it says nothing.
 *
 * @param server in order as far as the schema sees
 */
export declare function readServerCommand(server: Place, file: string, problems: ProblemList): ServerCommand | null;
