import { expect, test } from 'vitest';
import { exampleCall, exampleLogin, exampleSnapshot, openDesk } from '../testing/index.ts';

test('APP-06 a program that stayed connected over a log-off hears, after the next logon, of calls that came before the application was attached', async () => {
  await using desk = await openDesk();
  const client = await desk.connected();
  const heard: string[] = [];
  client.on('OnUserStatusUpdate', user => void heard.push(`logged on ${user.LoggedOn}`));
  client.on('OnUserLogin', () => void heard.push('login'));
  client.on('OnCallEvent', call => void heard.push(`call ${call.ID} in ${call.State}`));
  desk.gateway.tellLoggedOff('loggedOff');
  await expect.poll(() => heard).toEqual(['logged on 0']);
  desk.gateway.setSnapshot(exampleSnapshot({ calls: [exampleCall({ ID: 9 })] }));
  desk.application.logOn(exampleLogin);
  await expect.poll(() => heard).toEqual(['logged on 0', 'login', 'logged on 1', 'call 9 in 3']);
});
