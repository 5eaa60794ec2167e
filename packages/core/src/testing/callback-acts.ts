import type { Act } from './act.ts';
import type { Driver } from './driver.ts';

/** A caller takes the call-back, where he has to wait, and is gone. */
export function askForCallback(driver: Driver): void {
  const caller = driver.arrive(1);
  driver.report({ type: 'digit', leg: caller, digit: '1' });
  driver.report({ type: 'playEnded', leg: caller, name: 'parting' });
}

/** An agent answers a call-back; the customer who is being called does, or does not, or the agent has enough. */
export function callBack(driver: Driver, { which, detail }: Act): void {
  for (const call of [...driver.state.calls.values()]) {
    const callback = call.service?.waiting.callback ?? null;
    const [agent = '', customer = ''] = call.legs;
    if (callback === null || agent === '') continue;
    if (callback.dialled !== true) driver.answered(agent);
    else if (which % 4 === 0) driver.answered(customer);
    else if (which % 4 === 1) driver.cleared(agent);
    else driver.cleared(customer, detail % 7 === 0 ? 'unknownNumber' : 'busy');
    return;
  }
}
