/** A customer of the sample. */
export interface Customer {
  number: string;
  name: string;
  company: string;
  email: string;
  history: { date: string; text: string }[];
}

const customer = (
  number: string,
  name: string,
  company: string,
  ...history: [date: string, text: string][]
): Customer => ({
  number,
  name,
  company,
  email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
  history: history.map(([date, text]) => ({ date, text })),
});

/** Those who call the demo, by the numbers of their phones. */
export const customers: readonly Customer[] = [
  customer(
    '2001',
    'Cecilia Customer',
    'Customer & Daughters',
    ['2026-11-03', 'Ordered 4 desk lamps'],
    ['2026-10-12', 'Asked for an offer'],
  ),
  customer('2002', 'Gustav Grahn', 'Grahn Bygg', ['2026-11-18', 'Invoice 1042 paid late']),
  customer(
    '2003',
    'Hanna Holm',
    'Holm Interiors',
    ['2026-11-20', 'Returned 1 lamp, shade broken'],
    ['2026-11-06', 'Ordered 12 desk lamps, green'],
  ),
  customer('2004', 'Ivan Iversen', 'Iversen Rederi', ['2026-09-30', 'Annual plan renewed']),
  customer('2005', 'Julia Jansson', 'Jansson Foto', ['2026-11-11', 'Display replaced under warranty']),
  customer('2006', 'Karl Krantz', 'Private', ['2025-12-01', 'Account locked, unlocked by phone']),
  customer('2007', 'Lena Lund', 'Lund & Lind', ['2026-11-21', 'Offer 88 sent']),
  customer('2008', 'Mats Moberg', 'Moberg Åkeri', ['2026-08-15', 'Delivery to the islands, 3 days']),
  customer('2009', 'Nora Nyman', 'Nyman Design', ['2026-11-01', 'Asked for a price list']),
  customer('2010', 'Oskar Olsson', 'Private'),
];

const digits = (number: string): string => number.replaceAll(/[^0-9+*#]/g, '');

export const customerByNumber = (number: string): Customer | null =>
  customers.find(each => each.number === digits(number)) ?? null;

/** Those whose name, company or number holds every word. */
export const findCustomers = (search: string): Customer[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return customers.filter(({ name, company, number }) => {
    const text = `${name} ${company} ${number}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
};
