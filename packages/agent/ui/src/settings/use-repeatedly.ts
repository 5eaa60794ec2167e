import { useCallback, useEffect, useState } from 'react';
import { useDesk } from '../workspace/context.ts';

const everyMilliseconds = 2_000;

/** What the application answers, asked again and again as long as it is shown; null: not yet. */
export const useRepeatedly = <T>(method: string): { value: T | null; refresh(): Promise<void> } => {
  const desk = useDesk();
  const [value, setValue] = useState<T | null>(null);
  const refresh = useCallback(async () => {
    const answer = await desk.read(method, {});
    if (answer.ok) setValue(answer.value as T);
  }, [desk, method]);
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), everyMilliseconds);
    return () => clearInterval(timer);
  }, [refresh]);
  return { value, refresh };
};
