import type { Pipeline } from '../../report/shared/pipeline.js';

/**
 * The continuous integration that loopfw runs in, by the variables that it sets. Only there is the folder asked for: it may be gone
 * (getcwd(2)).
 */
export function findPipeline(env: NodeJS.ProcessEnv): Pipeline | undefined {
  if (env['GITHUB_ACTIONS'] === 'true') {
    return { kind: 'github', ...getFolders(env['GITHUB_WORKSPACE']) };
  }
  return env['GITLAB_CI'] === 'true' ? { kind: 'gitlab', ...getFolders(env['CI_PROJECT_DIR']) } : undefined;
}

function getFolders(repository: string | undefined): Pick<Pipeline, 'folder' | 'repository'> {
  const folder = process.cwd();
  return { folder, repository: repository || folder };
}
