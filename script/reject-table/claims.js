import { isIcmpReject } from './rows.js';
import { cellKey } from './to-cells.js';

/**
 * Checks a statement of the document against the measurement, so that the text cannot become outdated.
 * @throws if the statement is not true
 */
export function claim(isSo, text) {
  if (!isSo) {
    throw new Error(`The measurement contradicts the text, which then needs another: "${text}"`);
  }
  return text;
}

/** Whether a client sees every REJECT with an ICMP error in this way, on each back end. */
export function areIcmpRejects(table, clientId, sight) {
  return table.rows.filter(isIcmpReject).every((row) => isSeen(table, clientId, row.id, sight));
}

/** Whether a client sees a row's rule in this way, on each back end. `sight` has some of outcome, errno and when. */
export function isSeen({ cells }, clientId, rowId, sight) {
  const sights = cells.get(cellKey({ id: clientId }, { id: rowId })) ?? [];
  return sights.length > 0 && sights.every((seen) => Object.entries(sight).every(([key, value]) => seen[key] === value));
}

/** Whether a client sees all rows of a table in the same way as in another table. */
export function isSeenAlike(table, other, clientId) {
  const getSights = ({ cells }, { id }) => JSON.stringify(cells.get(cellKey({ id: clientId }, { id })));
  return table.rows.every((row) => getSights(table, row) === getSights(other, row));
}

/** The REJECTs with an ICMP error that a client never learns of. */
export function listUntold(table, clientId) {
  return table.rows.filter((row) => isIcmpReject(row) && isSeen(table, clientId, row.id, { when: 'never' })).map(({ id }) => id);
}
