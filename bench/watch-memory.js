import { readFileSync } from 'node:fs';

const PAUSE_MS = 10;

/**
 * Watches the peak memory of loopfw's two processes. They are the process with the given pid, and PID 1 of its sandbox (a child of its
 * child). The kernel keeps the peak (VmHWM), so only an allocation in the last few milliseconds can be missed.
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

/** Empty if the process has already exited. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
