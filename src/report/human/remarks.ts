import type { LoadedRules, Note, Warning, WorldAdditions } from '../../model/result.js';
import { countNoun } from '../../words/phrases.js';
import { getBaseName } from '../../words/rule-name.js';
import { type Screen, wrap } from '../shared/layout.js';

const ORDER = 'All of them judge a packet; within a hook and priority, the one loaded last is asked first.';
/** The kernel registers the hooks of a legacy table once for each namespace (ipt_register_table in net/ipv4/netfilter/ip_tables.c). */
const KEPT = ' A table of iptables-legacy keeps its place from the phase that first had it.';

/** Why rules did not do what was expected, a paragraph for each. */
export function showNotes(notes: Note[], indent: string, screen: Screen): string[] {
  return notes.map(({ text }) => wrap(`${screen.paint.bold('why not:')} ${text}`, indent, screen));
}

/** What loopfw or a command says, which may have several lines. */
export function showError(message: string, indent: string, screen: Screen): string[] {
  return message.split('\n').map((line) => wrap(screen.paint.fail(line), indent, screen));
}

/** Each warning, and below it its place and its code. */
export function showWarnings(warnings: Warning[], indent: string, screen: Screen): string[] {
  return warnings.flatMap(({ code, message, file, line, column }) => [
    wrap(`${screen.paint.warn('warning:')} ${message}`, indent, screen),
    `${indent}  ${screen.paint.dim(`${file}:${line}:${column} · ${code}`)}`,
  ]);
}

/** The codes of warnings, each once: `dead-rule ×3, host-bits`. */
export function countWarnings(warnings: Warning[]): string {
  const counts = new Map<string, number>();
  for (const { code } of warnings) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => (count === 1 ? code : `${code} ×${count}`)).join(', ');
}

/** What was loaded, in order. Nothing if it is only one thing. */
export function showLoaded(loaded: LoadedRules[], indent: string, screen: Screen): string[] {
  if (loaded.length === 0) {
    return [];
  }
  const parts = loaded.map(({ file, phase, backend, rules }) => {
    const where = phase === null ? '' : `${phase}: `;
    return `${where}${file === null ? 'rules' : getBaseName(file)} (${backend}, ${countNoun(rules, 'rule')})`;
  });
  const kept = loaded.some(({ phase, backend }) => phase !== null && backend === 'legacy') ? KEPT : '';
  return [wrap(`${screen.paint.bold('loaded, in this order:')} ${parts.join(' · ')}. ${ORDER}${kept}`, indent, screen)];
}

/** What loopfw added to the world. Nothing if it added nothing. */
export function showWorld(world: WorldAdditions | null, indent: string, screen: Screen): string[] {
  const { sysctl = {}, routes = [], links = [] } = world ?? {};
  const parts = [
    ...links.map(({ name, bridge, machines }) => `${name}${bridge === null ? '' : ` of ${bridge}`} to ${machines.join(', ')}`),
    ...routes.map((route) => `route ${route}`),
    ...Object.entries(sysctl).map(([name, value]) => `${name}=${value}`),
  ];
  const { bold, dim } = screen.paint;
  return parts.length === 0 ? [] : [wrap(`${bold('world, added by loopfw:')} ${dim(parts.join(' · '))}`, indent, screen)];
}
