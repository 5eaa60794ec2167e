import { useEffect, useState } from 'react';
import { useDesk } from './context.ts';

/** What was asked for to be shown: still on its way, here, or not to be had now. */
export type Asked<Value> = { type: 'waiting' } | { type: 'here'; value: Value } | { type: 'failed' };

interface AskOptions {
  /** null = nothing is asked */
  method: string | null;
  /** of the parameters, in a form that is equal where they are */
  parameters: string;
  /** milliseconds until it is asked */
  pause?: number;
  /** asked again after so many milliseconds */
  every?: number;
}

/** Asks the site for what the window shows beside the documented interface; an answer that is overtaken is left out. */
export const useAnswer = <Value>({ method, parameters, pause = 0, every }: AskOptions): Asked<Value> => {
  const desk = useDesk();
  const key = `${method} ${parameters}`;
  const [asked, setAsked] = useState<{ key: string; answer: Asked<Value> }>({
    key,
    answer: { type: 'waiting' },
  });
  useEffect(() => {
    if (method === null) return;
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const answer = await desk.read(method, JSON.parse(parameters) as object);
      if (!wanted) return;
      // what is known stays until there is something newer
      if (answer.ok) setAsked({ key, answer: { type: 'here', value: answer.value as Value } });
      else if (every === undefined) setAsked({ key, answer: { type: 'failed' } });
      if (every !== undefined) timer = setTimeout(() => void read(), every);
    };
    timer = setTimeout(() => void read(), pause);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [desk, method, parameters, key, pause, every]);
  return asked.key === key ? asked.answer : { type: 'waiting' };
};
