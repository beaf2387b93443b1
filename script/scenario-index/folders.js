/** The folders of the library, in the order in which they are read. */
export const FOLDERS = {
  '': { title: 'Start here', purpose: 'Three scenarios that everything else grew from.' },
  rejecting: { title: 'rejecting', purpose: 'What a REJECT says, to whom, and when the client hears of it.' },
  filtering: {
    title: 'filtering',
    purpose: 'Which packets a rule means: by source, by pair, by block, by state; and what it means beside.',
  },
  loopback: { title: 'loopback', purpose: 'Which addresses are local, why, and what lo has to do with it. Most of these have no rules.' },
  services: { title: 'services', purpose: 'What listens where, and by which name, port and address a client finds it.' },
  topologies: { title: 'topologies', purpose: 'Several hosts on one machine.' },
  'rule-sets': { title: 'rule-sets', purpose: 'Rule sets as real tools write them, whole, with the rule that decides each probe.' },
};

/** The folder of a file's path. */
export function getFolder(file) {
  const folder = file.split('/').slice(0, -1).join('/');
  if (!(folder in FOLDERS)) {
    throw new Error(`${file}: no folder "${folder}" in script/scenario-index/folders.js`);
  }
  return folder;
}
