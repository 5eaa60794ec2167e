import { createPhone, type PhoneCall, type TestPhone } from '@cordboard/switch/testing';
import { type CustomerCall, type Surroundings, takePart } from './customer.ts';
import type { Person } from './people.ts';
import { planAnswer, planCall } from './plan.ts';

/** What a customer's phone must be able to do. */
export interface CustomerPhone extends Pick<TestPhone, 'register' | 'unregister' | 'close'> {
  call(number: string): Promise<CustomerCall>;
  nextCall(milliseconds: number): Promise<CustomerCall & Pick<PhoneCall, 'answer' | 'reject'>>;
}

export interface CrowdOptions extends Surroundings {
  people: readonly Person[];
  openPhone(person: Person): Promise<CustomerPhone>;
  /** calls that begin in a minute, on the average */
  callsPerMinute: number;
  /** customers who are in a call at once; more do not call */
  mostAtOnce: number;
}

export interface Crowd {
  /** Everybody hangs up and leaves. */
  close(): Promise<void>;
}

const registerEvery = 60_000;
const registerAgain = 2_000;
/** The timer of Node takes no more, ms. */
const forever = 2 ** 31 - 1;
/** Who wants to be called back stays at home so long, ms. */
const staysAtHome = 15 * 60_000;

/** One customer with his phone. */
interface Customer {
  person: Person;
  phone: CustomerPhone;
  registered: boolean;
  busy: boolean;
  homeUntil: number;
}

/** The customers: each with a registered phone, some calling, and all answering when they are called. */
export const openCrowd = async (options: CrowdOptions): Promise<Crowd> => {
  const { random, now, sleep, tell } = options;
  let open = true;
  const customers: Customer[] = [];
  const talks = new Set<() => void>();

  const stayRegistered = async (customer: Customer) => {
    while (open) {
      const status = await customer.phone.register();
      if (customer.registered !== (status === 200)) tell(`${customer.person.name}: registration ${status}`);
      customer.registered = status === 200;
      await sleep(customer.registered ? registerEvery : registerAgain);
    }
  };

  const take = async (customer: Customer, call: CustomerCall, plan = planAnswer(random)) => {
    customer.busy = true;
    const hangUp = () => call.hangUp();
    talks.add(hangUp);
    const ending = await takePart(call, customer.person, plan, options);
    talks.delete(hangUp);
    customer.busy = false;
    tell(`${customer.person.name} is back on the hook: ${ending}`);
    void callSoonWhereNobodyDoes();
  };

  const answer = async (customer: Customer) => {
    while (open) {
      const call = await customer.phone.nextCall(forever);
      if (customer.busy) {
        call.reject(486);
        continue;
      }
      customer.busy = true;
      tell(`${customer.person.name} is called`);
      void sleep(random.between(2_000, 5_000)).then(() => {
        call.answer();
        return take(customer, call);
      });
    }
  };

  const dial = async (customer: Customer) => {
    const plan = planCall(random);
    customer.busy = true;
    if (plan.takesCallback) customer.homeUntil = now() + staysAtHome;
    tell(`${customer.person.name} calls ${plan.number}, patient for ${Math.round(plan.patienceSeconds)} s`);
    await take(customer, await customer.phone.call(plan.number), plan);
  };

  const callNow = () => {
    const inCall = customers.filter(each => each.busy).length;
    const [first, ...others] = customers.filter(
      each => each.registered && !each.busy && each.homeUntil <= now(),
    );
    if (first && inCall < options.mostAtOnce) void dial(random.oneOf([first, ...others]));
  };

  /** Who sits at the demo should not wait for the chance of a call. */
  const callSoonWhereNobodyDoes = async () => {
    await sleep(random.between(3_000, 8_000));
    if (open && customers.every(each => !each.busy)) callNow();
  };

  /** Calls come as they do in a contact center: each independent of the others, so the times between are exponential. */
  const callOnAndOn = async () => {
    while (!customers.some(each => each.registered)) await sleep(500);
    while (open) {
      callNow();
      await sleep((-Math.log(1 - random.fraction()) * 60_000) / options.callsPerMinute);
    }
  };

  for (const person of options.people) {
    const phone = await options.openPhone(person);
    const customer = { person, phone, registered: false, busy: false, homeUntil: 0 };
    customers.push(customer);
    void stayRegistered(customer);
    void answer(customer);
  }
  void callOnAndOn();

  return {
    async close() {
      open = false;
      for (const hangUp of talks) hangUp();
      const patience = sleep(2_000);
      await Promise.race([patience, Promise.all(customers.map(each => each.phone.unregister()))]);
      for (const customer of customers) customer.phone.close();
    },
  };
};

/** A phone of the demo's customers on this machine. */
export const openCustomerPhone =
  (server: { address: string; port: number }, passwordOf: (extension: string) => string) =>
  ({ extension, name }: Person): Promise<CustomerPhone> =>
    createPhone({
      extension,
      server,
      displayName: name,
      password: passwordOf(extension),
      obeysAutoAnswer: false,
    });
