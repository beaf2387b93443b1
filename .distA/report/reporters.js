import { reportHuman } from './human.js';
import { reportJson } from './json.js';
import { reportTap } from './tap.js';
/** Every format, by the name that --reporter takes. */
export const REPORTERS = { human: reportHuman, json: reportJson, tap: reportTap };
