import type { PhoneCall } from '@cordboard/switch/testing';
import { type Act, beginConduct, stepConduct } from './conduct.ts';
import { createEar } from './ear.ts';
import type { KnownSounds } from './known-sounds.ts';
import type { Person } from './people.ts';
import type { CallPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { Speech } from './speech.ts';

/** What a customer needs of his call. */
export type CustomerCall = Pick<PhoneCall, 'state' | 'hangUp'> & {
  audio: Pick<PhoneCall['audio'], 'say' | 'listen' | 'sendDigits'>;
};

export interface Surroundings {
  sounds: KnownSounds;
  speech: Speech;
  random: Random;
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** one line for each thing that a customer does */
  tell(line: string): void;
}

const moment = 200;

const somethings: readonly [string, ...string[]] = [
  'Yes, that is right.',
  'Just a moment, I have to find a pen.',
  'Could you check that for me, please?',
  'I see. And when will that be?',
  'Could you say that again, please?',
];

/** Takes part in a call as planned, until it is over. Answers why it ended. */
export const takePart = async (
  call: CustomerCall,
  person: Person,
  plan: CallPlan,
  surroundings: Surroundings,
): Promise<string> => {
  const { random, now, tell } = surroundings;
  const ear = createEar(surroundings.sounds);
  call.audio.listen((payload, payloadType) => ear.hear(payload, payloadType, now()));
  let conduct = beginConduct(plan, now());
  let ending = 'the other end';

  const say = async (text: string) => {
    const samples = await surroundings.speech(person, text);
    if (call.state === 'up') await call.audio.say(samples);
  };
  const act = (todo: Act) => {
    switch (todo.type) {
      case 'press':
        tell(`${person.name} presses ${todo.digits}`);
        void call.audio.sendDigits(todo.digits);
        return;
      case 'hangUp':
        ending = todo.because;
        call.hangUp();
        return;
      case 'say': {
        if (todo.what === 'concern') tell(`${person.name} talks with somebody`);
        const texts = {
          concern: `Hello, this is ${person.name}. ${plan.concern}`,
          something: random.oneOf(somethings),
          goodBye: 'Thank you very much. Good bye.',
        };
        void say(texts[todo.what]);
      }
    }
  };

  while (call.state !== 'ended') {
    const perceived = { now: now(), up: call.state === 'up', heard: ear.heard };
    const step = stepConduct(conduct, plan, perceived);
    conduct = step.conduct;
    if (step.act) act(step.act);
    await surroundings.sleep(moment);
  }
  return ending;
};
