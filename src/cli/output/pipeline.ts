import type { Pipeline } from '../../report/shared/pipeline.js';

/** The continuous integration that loopfw runs in, by the variables that it sets. */
export function findPipeline(env: NodeJS.ProcessEnv): Pipeline | undefined {
  const folder = process.cwd();
  if (env['GITHUB_ACTIONS'] === 'true') {
    return { kind: 'github', folder, repository: env['GITHUB_WORKSPACE'] || folder };
  }
  return env['GITLAB_CI'] === 'true' ? { kind: 'gitlab', folder, repository: env['CI_PROJECT_DIR'] || folder } : undefined;
}
