import { askChange, Refused } from '../../../shared/changes/ask-change.ts';
import { SaveIncidentDocument, type SaveIncidentInput } from '../../../shared/generated/operations.ts';
import { actionInputs } from '../../../shared/url/action-inputs.ts';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import { pickRadiusOptions } from '../../../shared/url/radius-options-url.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import { windowInput } from '../question-variables.ts';

/** An incident to be changed, as of a version, or the name of a new one. */
export type SaveTarget =
  | { readonly id: string; readonly ifVersion: number }
  | { readonly name: string; readonly discoveredAt: string | null };

/** Saves the question on the screen, and its what-if if one is open, as an incident. */
export async function saveIncident(
  target: SaveTarget,
  radius: RadiusAnswer,
  state: BlastState,
): Promise<{ readonly id: string; readonly name: string } | Refused> {
  const input: SaveIncidentInput = {
    ...target,
    origins: radius.origins.map((origin) => origin.id),
    suspectedOrigins: radius.suspectedOrigins.map(({ organization, likelihood }) => ({ organization: organization.id, likelihood })),
    hasCore: radius.hasCore,
    core: radius.hasCore ? windowInput(radius.core) : null,
    widest: windowInput(radius.widest),
    options: pickRadiusOptions(radius),
    ...(state.actions === null ? {} : { scenario: actionInputs(state.actions) }),
  };
  const saved = await askChange(SaveIncidentDocument, { input }, (data) => data.saveIncident);
  if (saved instanceof Refused) return saved;
  return saved.incident ?? new Refused({ message: 'The incident was not saved. Try again.' });
}
