import type { Voice } from '@cordboard/switch';

/** A customer of the demo: who he is, and how he speaks. */
export interface Person {
  extension: string;
  name: string;
  voice: Voice;
}

const person = (extension: string, name: string, voice: string, speed: number, pitch: number): Person => ({
  extension,
  name,
  voice: { name: voice, speed, pitch },
});

/** The customers of the demo, by the extensions of their phones in demo/cordboard.yaml. */
export const people: readonly Person[] = [
  person('2001', 'Cecilia Customer', 'en-gb+f2', 155, 55),
  person('2002', 'Gustav Grahn', 'en-gb+m3', 140, 35),
  person('2003', 'Hanna Holm', 'en-us+f3', 165, 60),
  person('2004', 'Ivan Iversen', 'en-gb+m1', 160, 45),
  person('2005', 'Julia Jansson', 'en-gb+f4', 145, 65),
  person('2006', 'Karl Krantz', 'en-us+m2', 135, 30),
  person('2007', 'Lena Lund', 'en-gb+f1', 170, 50),
  person('2008', 'Mats Moberg', 'en-gb+m4', 150, 40),
  person('2009', 'Nora Nyman', 'en-us+f2', 160, 70),
  person('2010', 'Oskar Olsson', 'en-gb+m2', 150, 38),
];
