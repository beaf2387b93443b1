import { useEffect } from 'preact/hooks';

/** Keys of one character for the whole page: not while somebody types, and not with Ctrl, Alt or Meta. */
export function useKeys(actions: Record<string, () => void>): void {
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const action = actions[event.key];
      if (action !== undefined && !event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target)) {
        event.preventDefault();
        action();
      }
    };
    addEventListener('keydown', act);
    return () => removeEventListener('keydown', act);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
