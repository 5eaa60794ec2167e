import type { Baresip } from '../phones/baresip.ts';
import { until } from '../phones/until.ts';

/** The tones are sent at 0.24. */
export const heard = 0.1;
export const unheard = 0.03;

/** Waits until a phone hears these of all tones, and no others of them. */
export async function hearsOnly(
  phone: Baresip,
  wanted: readonly number[],
  all: readonly number[],
): Promise<void> {
  let levels: number[] = [];
  await until(
    `${phone.extension} hears ${wanted} of ${all}`,
    async () => {
      const sound = await phone.listen(400);
      levels = all.map(hertz => sound.level(hertz));
      return all.every((hertz, index) => {
        const level = levels[index] ?? 0;
        return wanted.includes(hertz) ? level > heard : level < unheard;
      });
    },
    15_000,
  ).catch(thrown => {
    throw new Error(`${phone.extension}: ${all.map((hertz, index) => `${hertz} Hz ${levels[index]}`)}`, {
      cause: thrown,
    });
  });
}
