import { mostDirectoryEntries } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { callerOf, directoryEntries } from './directory-entries.ts';
import { createDriver } from './testing/driver.ts';

test('WIN-53 the directory tells of groups and other agents with their presence', () => {
  const site = createDriver({ agents: 4 });
  site.talk(1);
  site.logOn(2);
  site.logOn(3);
  site.ready(3);
  const presences = directoryEntries(site.state, 2, '').map(each =>
    each.type === 'agent' ? each.presence : `${each.name} ${each.waiting} ${each.open}`,
  );
  expect(presences).toEqual(['Group 1 0 true', 'busy', 'available', 'loggedOff']);
});

test('WIN-53 it is searched by name, logon id and number, whatever the case, and tells no more than it may', () => {
  const site = createDriver({ agents: mostDirectoryEntries + 10 });
  const all = directoryEntries(site.state, 1, '');
  expect(all).toHaveLength(mostDirectoryEntries);
  const some = all.find(each => each.type === 'agent');
  const found = directoryEntries(site.state, 1, ` ${some?.name.toUpperCase()} `);
  expect(found).toContainEqual(some);
  expect(found.length).toBeLessThan(mostDirectoryEntries);
  expect(directoryEntries(site.state, 1, 'nobody of this name')).toEqual([]);
});

test('WIN-52 the caller of a session is told to the agent whose session it is', () => {
  const site = createDriver({ agents: 2 });
  site.logOn(1);
  site.ready(1);
  site.logOn(2);
  site.arrive(1, '+46812345');
  const [call] = site.calls(1);
  const id = call?.ID ?? 0;
  expect(callerOf(site.state, 1, id)).toMatchObject({ number: '+46812345' });
  expect(callerOf(site.state, 2, id)).toBeNull();
  expect(callerOf(site.state, 1, id + 1)).toBeNull();
});
