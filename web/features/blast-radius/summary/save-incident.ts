import { SaveIncidentDocument, type SaveIncidentInput } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../../shared/graphql/facts-epoch.ts';
import { actionInputs } from '../../../shared/url/action-inputs.ts';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import { pickRadiusOptions } from '../../../shared/url/radius-options-url.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import { windowInput } from '../question-variables.ts';

/** An incident to be changed, as of a version, or the name of a new one. */
export type SaveTarget =
  | { readonly id: string; readonly ifVersion: number }
  | { readonly name: string; readonly discoveredAt: string | null };

/**
 * Saves the question on the screen, and its what-if if one is open, as an incident.
 *
 * @returns the incident's id and name, or a sentence that says what to do
 */
export async function saveIncident(
  target: SaveTarget,
  radius: RadiusAnswer,
  state: BlastState,
): Promise<{ readonly id: string; readonly name: string } | string> {
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
  try {
    const answer = await client.mutate({ mutation: SaveIncidentDocument, variables: { input } });
    const payload = answer.data?.saveIncident;
    const incident = payload?.incident;
    if (incident == null) return payload?.userErrors[0]?.message ?? 'The incident was not saved. Try again.';
    factsChanged();
    return { id: incident.id, name: incident.name };
  } catch (error) {
    return errorSentence(error);
  }
}
