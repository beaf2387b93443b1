import { runProcess } from '../run-process.js';
import { asOrdinaryUser } from './ordinary-user.js';

/** The entry that is what Node.js and the sandbox of each loopfw cost together. */
export const TWO_STARTS = 'two starts';
const LAUNCH = ['--pdeathsig', 'KILL', '--', 'unshare', '--net', '--pid', '--fork', '--kill-child'];
const SPAWN = `require('node:child_process').spawn('setpriv', JSON.parse(process.argv[1]), { stdio: 'ignore' })
.on('exit', (code) => { process.exitCode = code ?? 1; });`;

/** Runs `node -e 0`. */
export function startNode({ isRoot }) {
  return run(['-e', '0'], isRoot);
}

/** Runs a Node.js that starts another one in new namespaces, by the same commands as loopfw. Both do nothing else. */
export function startTwice({ isRoot }) {
  const launch = [...LAUNCH, ...(isRoot ? [] : ['--user', '--map-root-user']), '--', process.execPath, '-e', '0'];
  return run(['-e', SPAWN, JSON.stringify(launch)], isRoot);
}

async function run(args, isRoot) {
  const command = [process.execPath, ...args];
  const [program, ...rest] = isRoot ? command : asOrdinaryUser(command);
  const { ms } = await runProcess(program, rest);
  return { ms };
}
