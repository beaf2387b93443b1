import type { WorldAdditions } from '../../model/result.js';
import type { Paint } from '../shared/paint.js';

/** One line with what loopfw added to the world, to be read or searched. No line if it added nothing. */
export function showWorld(world: WorldAdditions | null, paint: Paint): string[] {
  const { sysctl = {}, routes = [], links = [] } = world ?? {};
  const parts = [
    ...links.map(({ name, bridge, machines }) => `${name}${bridge === null ? '' : ` of ${bridge}`} to ${machines.join(', ')}`),
    ...routes.map((route) => `route ${route}`),
    ...Object.entries(sysctl).map(([name, value]) => `${name}=${value}`),
  ];
  return parts.length === 0 ? [] : [`  ${paint.bold('world, added by loopfw:')} ${paint.dim(parts.join(' · '))}`];
}
