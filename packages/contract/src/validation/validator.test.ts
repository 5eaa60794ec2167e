import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { allMethods } from '../interface.ts';
import { camelCase } from '../method.ts';
import { Int, Text, Type } from '../schema.ts';
import { eventCheck } from './event-checks.ts';
import { methodChecks } from './method-checks.ts';
import { checkOf } from './validator.ts';

const example: Record<string, unknown> = { integer: 1, string: 'a', boolean: true };

const named = allMethods.map(each => [each.name, each] as const);

test.each(named)(
  'CON-02 %s: parameters of the right types pass, a wrong type, a missing and an unknown one do not',
  (_, method) => {
    const check = methodChecks(camelCase(method.name))?.parameters;
    const right = Object.fromEntries(
      method.parameters.map(each => {
        const { type = 'null', enum: words } = each.schema as { type?: string; enum?: string[] };
        return [each.name, type === 'array' ? [] : (words?.[0] ?? example[type] ?? null)];
      }),
    );
    expect(check?.(right)).toBeNull();
    expect(check?.({ ...right, unknown: 1 })).toMatchObject({ path: '/unknown' });
    for (const each of method.parameters) {
      expect(check?.({ ...right, [each.name]: { wrong: 1 } })?.path).toBe(`/${each.name}`);
      const { [each.name]: _left, ...without } = right;
      expect(check?.(without) === null).toBe(each.optional);
      expect(check?.({ ...right, [each.name]: null }) === null).toBe(each.optional);
    }
  },
);

test('CON-03 a value of an event may have members that a later release adds, and must have those of this one', () => {
  const check = eventCheck('OnRealTimeInformationUpdate');
  const value = { ServiceGroupID: 1, ServiceGroupName: 'Sales', CallsInQueue: 3 };
  expect(check?.([value])).toBeNull();
  expect(check?.([{ ...value, LongestWait: 12 }])).toBeNull();
  expect(check?.([{ ServiceGroupID: 1 }])).toMatchObject({ path: expect.stringContaining('/0/') });
  expect(check?.([])).not.toBeNull();
});

test('a name that is no event or method has no check', () => {
  expect(eventCheck('OnNothing')).toBeUndefined();
  expect(methodChecks('toString')).toBeUndefined();
});

test('the place of a fault inside an array is named', () => {
  const check = checkOf(Type.Object({ codes: Type.Array(Type.Object({ ID: Int, Code: Text })) }));
  expect(
    check({
      codes: [
        { ID: 1, Code: 'a' },
        { ID: 'x', Code: 'b' },
      ],
    }),
  ).toEqual({
    path: '/codes/1/ID',
    expected: 'must be integer',
  });
});

const values = [{ number: '1' }, { number: 1 }, {}, { number: '1', name: null }, { number: '1', x: 1 }];

test('CON-04 where code may not be made, checks say the same', () => {
  const program = `
    import { methodChecks } from ${JSON.stringify(new URL('./method-checks.ts', import.meta.url).href)};
    let forbidden = false;
    try { new Function('') } catch { forbidden = true }
    const check = methodChecks('makeCall').parameters;
    console.log(JSON.stringify([forbidden, ...${JSON.stringify(values)}.map(check)]));`;
  // what a page with a strict content security policy meets
  const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '-e', program];
  const output = execFileSync(process.execPath, flags, { encoding: 'utf8' });
  const check = methodChecks('makeCall')?.parameters;
  expect(JSON.parse(output)).toEqual([true, ...values.map(value => check?.(value))]);
});
