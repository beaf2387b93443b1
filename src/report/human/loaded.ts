import type { LoadedRules } from '../../model/result.js';
import { countNoun } from '../../words/phrases.js';
import { getBaseName } from '../../words/rule-name.js';
import { type Paint, wrap } from '../shared/paint.js';

const ORDER = 'All of them judge a packet; within a hook and priority, the one loaded last is asked first.';
/** The kernel registers the hooks of a legacy table once for each namespace (ipt_register_table in net/ipv4/netfilter/ip_tables.c). */
const KEPT = ' A table of iptables-legacy keeps its place from the phase that first had it.';

/** What was loaded, in order. Nothing if it is only one thing. */
export function showLoaded(loaded: LoadedRules[], paint: Paint): string[] {
  if (loaded.length === 0) {
    return [];
  }
  const parts = loaded.map(({ file, phase, backend, rules }) => {
    const where = phase === null ? '' : `${phase}: `;
    return `${where}${file === null ? 'rules' : getBaseName(file)} (${backend}, ${countNoun(rules, 'rule')})`;
  });
  const kept = loaded.some(({ phase, backend }) => phase !== null && backend === 'legacy') ? KEPT : '';
  return [wrap(`${paint.bold('loaded, in this order:')} ${parts.join(' · ')}. ${ORDER}${kept}`, '  ')];
}
