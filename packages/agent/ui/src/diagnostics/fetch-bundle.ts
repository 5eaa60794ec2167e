import { type Answer, type BundlePiece, deskSettingsMethods, type PreparedBundle } from '@cordboard/contract';

export interface Bundle extends PreparedBundle {
  content: Uint8Array<ArrayBuffer>;
}

/** Lets the application make a support bundle, and fetches it piece by piece. */
export const fetchBundle = async (
  ask: (method: string, parameters: object) => Promise<Answer>,
  window: object,
): Promise<{ type: 'made'; bundle: Bundle } | { type: 'failed'; reason: string }> => {
  const answer = await ask(deskSettingsMethods.prepareBundle, { window });
  if (!answer.ok) return { type: 'failed', reason: answer.refusal.reason };
  const prepared = answer.value as PreparedBundle;
  const content = new Uint8Array(prepared.bytes);
  for (let offset = 0; offset < prepared.bytes; ) {
    const next = await ask(deskSettingsMethods.readBundle, { id: prepared.id, offset });
    if (!next.ok) return { type: 'failed', reason: next.refusal.reason };
    const piece = Uint8Array.from(atob((next.value as BundlePiece).base64), each => each.charCodeAt(0));
    if (piece.length === 0) return { type: 'failed', reason: 'internalError' };
    content.set(piece, offset);
    offset += piece.length;
  }
  return { type: 'made', bundle: { ...prepared, content } };
};
