import type { Pipeline } from '../../report/shared/pipeline.js';

/** The variable of each continuous integration that names the folder of the repository. */
const REPOSITORIES = { github: 'GITHUB_WORKSPACE', gitlab: 'CI_PROJECT_DIR' } as const;

/** The continuous integration that loopfw runs in, by the variables that it sets. */
export function findPipeline(env: NodeJS.ProcessEnv): Pipeline | undefined {
  const kind = env['GITHUB_ACTIONS'] === 'true' ? 'github' : env['GITLAB_CI'] === 'true' ? 'gitlab' : null;
  if (kind === null) {
    return undefined; // the working folder may be gone, so it is not asked for
  }
  const folder = process.cwd();
  return { kind, folder, repository: env[REPOSITORIES[kind]] || folder };
}
