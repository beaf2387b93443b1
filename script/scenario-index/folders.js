/** The folders of the library, in the order in which they are read. */
export const FOLDERS = {
  '': { title: 'Start here', purpose: 'The three basic scenarios.' },
  rejecting: { title: 'rejecting', purpose: 'What a REJECT answers, and when the client learns of it.' },
  filtering: {
    title: 'filtering',
    purpose: 'Which packets a rule matches: by source, pair, block or state. Some rules match more than was meant.',
  },
  loopback: {
    title: 'loopback',
    purpose: 'Which addresses are local, why, and what part lo has in it. Most of these scenarios have no rules.',
  },
  services: { title: 'services', purpose: 'What listens where, and which name, port and address a client needs to reach it.' },
  topologies: { title: 'topologies', purpose: 'Several hosts on one machine.' },
  'rule-sets': { title: 'rule-sets', purpose: 'Whole rule sets as real tools write them, with the rule that decides each probe.' },
};

/** The folder of a file's path. */
export function getFolder(file) {
  const folder = file.split('/').slice(0, -1).join('/');
  if (!(folder in FOLDERS)) {
    throw new Error(`${file}: no folder "${folder}" in script/scenario-index/folders.js`);
  }
  return folder;
}
