import type { Status } from '../../../model/result.js';
import { STATUS_ICONS } from '../icons.js';

export function StatusIcon({ status }: { status: Status }) {
  const { shape, mark } = STATUS_ICONS[status];
  return (
    <svg class={`icon ${status}`} viewBox="0 0 16 16" role="img" aria-label={status}>
      <path class="shape" d={shape} />
      <path class="mark" d={mark} />
    </svg>
  );
}

const SIGNS = {
  drop: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM3.8 3.8l8.4 8.4',
  lost: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 5v3.5M8 11v.2',
  reject: 'M3 4h7a3.5 3.5 0 0 1 0 7H5M7.5 8.2L4.6 11l2.9 2.8',
  rewrite: 'M2 5.5h11M10.5 3L13 5.5 10.5 8M14 10.5H3M5.5 8L3 10.5 5.5 13',
};

/** A sign beside a word that says the same. */
export function Sign({ name }: { name: keyof typeof SIGNS }) {
  return (
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SIGNS[name]} />
    </svg>
  );
}
