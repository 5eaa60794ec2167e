import { expect, test } from 'vitest';
import { people } from '../../demo-traffic/src/people.ts';
import { customerByNumber, customers, findCustomers } from './customers.ts';

test('DEM-15 everybody who calls the demo is a customer of the sample, by his name', () => {
  expect(customers.map(each => [each.number, each.name])).toEqual(
    people.map(each => [each.extension, each.name]),
  );
});

test('a customer is found by his number, however it is written, and nobody by one that is not known', () => {
  expect(customerByNumber('20 03')?.name).toBe('Hanna Holm');
  expect(customerByNumber('+462003')).toBeNull();
  expect(customerByNumber('')).toBeNull();
});

test('customers are found by words of name, company and number', () => {
  expect(findCustomers('lund lind').map(each => each.name)).toEqual(['Lena Lund']);
  expect(findCustomers('2009').map(each => each.name)).toEqual(['Nora Nyman']);
  expect(findCustomers('')).toHaveLength(10);
  expect(findCustomers('nobody')).toEqual([]);
});
