import {
  accepted,
  checkOf,
  deskSettingsMethods,
  PrepareBundleRequest,
  ReadBundleRequest,
  type Route,
  refused,
} from '@cordboard/contract';
import { type BundleSources, makeSupportBundle, type SupportBundle } from './support-bundle.ts';

/** Of the bundle in one answer, so that its frame stays far below what a frame may be. */
const pieceBytes = 393_216;

/** Makes a support bundle when it is asked for, and hands out the last one. */
export const bundleRoutes = (sources: () => Omit<BundleSources, 'window'>) => {
  let last: SupportBundle | null = null;
  return new Map<string, Route>([
    [
      deskSettingsMethods.prepareBundle,
      {
        check: checkOf(PrepareBundleRequest),
        async run({ window }: PrepareBundleRequest) {
          const { content, ...prepared } = await makeSupportBundle({ ...sources(), window });
          last = { content, ...prepared };
          return accepted(prepared);
        },
      },
    ],
    [
      deskSettingsMethods.readBundle,
      {
        check: checkOf(ReadBundleRequest),
        run({ id, offset }: ReadBundleRequest) {
          if (last?.id !== id) return refused('invalidValue', 'another bundle was made since');
          return accepted({ base64: last.content.subarray(offset, offset + pieceBytes).toString('base64') });
        },
      },
    ],
  ]);
};
