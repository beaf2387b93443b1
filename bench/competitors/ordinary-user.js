/** The user nobody, who owns no file. */
const ID = '65534';

/** The same command without root's privilege. setpriv then becomes the command: no process stays between. */
export function asOrdinaryUser(command) {
  return ['setpriv', '--reuid', ID, '--regid', ID, '--clear-groups', '--', ...command];
}
