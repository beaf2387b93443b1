import { readFileSync } from 'node:fs';

const PAUSE_MS = 10;

/**
 * Watches the peak memory of loopfw's two processes: the one with the given pid, and PID 1 of its sandbox, which is its child's child.
 * The kernel keeps the peak itself (VmHWM), so only what is allocated in the last few milliseconds can be missed.
 */
export function watchMemory(outside) {
  const peak = { outsideKb: 0, insideKb: 0 };
  const look = () => {
    const [unshare] = getChildren(outside);
    const [inside] = unshare === undefined ? [] : getChildren(unshare);
    peak.outsideKb = Math.max(peak.outsideKb, readPeakKb(outside));
    peak.insideKb = Math.max(peak.insideKb, inside === undefined ? 0 : readPeakKb(inside));
  };
  const timer = setInterval(look, PAUSE_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function getChildren(pid) {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
}

function readPeakKb(pid) {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** A process may be gone by now. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
