import { isIcmpReject } from './rows.js';
import { cellKey } from './to-cells.js';

/** What the document says in words, held against the cells: prose must not outlive what it was written of. */
export function claim(isSo, text) {
  if (!isSo) {
    throw new Error(`The measurement contradicts the text, which then needs another: "${text}"`);
  }
  return text;
}

/** Whether every REJECT that answers with an ICMP error looks like this to a client, on each back end. */
export function areIcmpRejects(table, clientId, sight) {
  return table.rows.filter(isIcmpReject).every((row) => isSeen(table, clientId, row.id, sight));
}

/** Whether a client sees a row's rule so, on each back end: `sight` has any of outcome, errno and when. */
export function isSeen({ cells }, clientId, rowId, sight) {
  const sights = cells.get(cellKey({ id: clientId }, { id: rowId })) ?? [];
  return sights.length > 0 && sights.every((seen) => Object.entries(sight).every(([key, value]) => seen[key] === value));
}

/** Whether a client sees all rows of a table as it sees them in another. */
export function isSeenAlike(table, other, clientId) {
  const getSights = ({ cells }, { id }) => JSON.stringify(cells.get(cellKey({ id: clientId }, { id })));
  return table.rows.every((row) => getSights(table, row) === getSights(other, row));
}

/** The REJECTs of which a client never learns. */
export function listUntold(table, clientId) {
  return table.rows.filter((row) => isIcmpReject(row) && isSeen(table, clientId, row.id, { when: 'never' })).map(({ id }) => id);
}
