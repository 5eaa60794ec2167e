import process from 'node:process';
import type { FromMeasured, ToMeasured } from './messages.ts';

/** A side of a process that is measured: sets up calls and ends them. */
export interface MeasuredCalls {
  begin(message: Extract<ToMeasured, { type: 'begin' }>): Promise<number[][]>;
  end(): Promise<void>;
}

/** Serves the process that measures. */
export const serveMeasured = (calls: MeasuredCalls): void => {
  const tell = (message: FromMeasured): void => void process.send?.(message);
  const obey = async (message: ToMeasured): Promise<void> => {
    switch (message.type) {
      case 'begin':
        tell({ type: 'begun', ports: await calls.begin(message) });
        return;
      case 'processor': {
        const { user, system } = process.cpuUsage();
        tell({ type: 'processor', microseconds: user + system });
        return;
      }
      case 'end':
        await calls.end();
        tell({ type: 'ended' });
    }
  };
  process.on('message', message => void obey(message as ToMeasured));
};
