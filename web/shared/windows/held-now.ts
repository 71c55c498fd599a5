import type { Windows } from './window-fields.ts';

/** Both windows are this minute, to ask what is held now. The instant is fixed, so that a shared link keeps its answer. */
export function heldNow(): Windows {
  const now = new Date();
  now.setUTCSeconds(0, 0);
  const at = now.toISOString();
  return { core: { from: at, to: at }, widest: { from: at, to: at } };
}
