import type { CallState } from '@cordboard/switch/testing';
import type { CustomerPhone } from '../crowd.ts';
import type { CustomerCall } from '../customer.ts';

/** One call of a fake phone; the test is its other end. */
export interface FakeCall extends CustomerCall {
  readonly number: string;
  state: CallState;
  readonly said: Int16Array[];
  readonly pressed: string[];
  /** 0: not rejected */
  rejectedWith: number;
  /** the other end lets this be heard */
  play(payload: Buffer): void;
  answer(): void;
  reject(status: number): void;
}

const createFakeCall = (number: string, state: CallState): FakeCall => {
  const ears: ((payload: Buffer, payloadType: number) => void)[] = [];
  const call: FakeCall = {
    number,
    state,
    said: [],
    pressed: [],
    rejectedWith: 0,
    play(payload) {
      for (const ear of ears) ear(payload, 0);
    },
    answer() {
      if (call.state === 'ringing') call.state = 'up';
    },
    reject(status) {
      call.rejectedWith = status;
      call.state = 'ended';
    },
    hangUp() {
      call.state = 'ended';
    },
    audio: {
      async say(samples) {
        call.said.push(samples);
      },
      listen: ear => void ears.push(ear),
      async sendDigits(digits) {
        call.pressed.push(digits);
      },
    },
  };
  return call;
};

export interface FakePhone {
  phone: CustomerPhone;
  readonly calls: FakeCall[];
  /** what the registrar answers */
  status: number;
  registrations: number;
  closed: boolean;
  /** somebody calls */
  ring(): FakeCall;
}

export const createFakePhone = (status = 200): FakePhone => {
  const claims: ((call: FakeCall) => void)[] = [];
  const fake: FakePhone = {
    calls: [],
    status,
    registrations: 0,
    closed: false,
    ring() {
      const call = createFakeCall('', 'ringing');
      fake.calls.push(call);
      claims.shift()?.(call);
      return call;
    },
    phone: {
      async register() {
        fake.registrations += 1;
        return fake.status;
      },
      async unregister() {
        fake.registrations = 0;
        return 200;
      },
      async call(number) {
        const call = createFakeCall(number, 'up');
        fake.calls.push(call);
        return call;
      },
      nextCall: () => new Promise(resolve => claims.push(resolve)),
      close() {
        fake.closed = true;
      },
    },
  };
  return fake;
};
