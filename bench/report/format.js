/** Three significant digits. The repetitions of a measurement agree in hardly more. */
export function formatMs(ms) {
  return ms < 999.5 ? `${round(ms, 3)} ms` : `${round(ms / 1000, 3)} s`;
}

export function formatRatio(ratio) {
  return `${round(ratio, 2)} ×`;
}

export function formatCount(count) {
  return count.toLocaleString('en');
}

export function formatMb(kb) {
  return `${Math.round(kb / 1024)} MB`;
}

function round(number, figures) {
  return Number(number.toPrecision(figures)).toLocaleString('en');
}
