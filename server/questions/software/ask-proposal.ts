import { ExposureError } from '../../domain/errors.ts';
import type { SoftwareGrade } from '../../domain/facts.ts';
import type { KeptProposal } from '../../domain/incident.ts';
import { joinSuspected, type StatedSuspect } from '../../domain/radius-options.ts';
import { describeMatch } from '../../software/describe-match.ts';
import { findAdvisoryMatches } from '../../software/find-matches.ts';
import { type ProposedIncident, proposeIncident } from '../../software/propose-incident.ts';
import type { Advisory, Availability } from '../../software/software-facts.ts';
import { readPurl } from '../../software/versions/purl.ts';
import type { Asker } from '../asker.ts';
import type { AskedRadius } from '../radius/ask-radius.ts';
import { readMissing } from '../resolved-ids.ts';
import { askSoftwareView, findEarliestReceived, getAdvisory, type SoftwareView } from './ask-matches.ts';
import type { RecordedAdvisory } from './ask-software.ts';
import type { ClaimInput } from './save-software.ts';

/** A person's statements about a proposal (semantics §13.4). Each half that is left out follows from the grades. */
export interface ProposalInput {
  /** Its id, or an alias. */
  readonly advisory: string;
  /** Beside the recorded claims. */
  readonly claims: readonly ClaimInput[];
  readonly origins: readonly string[] | undefined;
  readonly suspectedOrigins: readonly StatedSuspect[] | undefined;
  readonly treatAsCompromise: boolean;
  readonly discoveredAt: number | null;
}

export interface AskedProposal {
  readonly view: SoftwareView;
  readonly advisory: RecordedAdvisory;
  readonly proposed: ProposedIncident;
  /** The claims of the input, each with its package. */
  readonly claims: readonly Availability[];
  readonly treatAsCompromise: boolean;
  /** The question of its radius. Undefined: nobody is ticked. */
  readonly radius: AskedRadius | undefined;
}

/**
 * The incident that an advisory proposes (semantics §13.4). It writes nothing.
 *
 * Throws NOT_FOUND (the advisory, a ticked organization), BAD_USER_INPUT (a claim), FORBIDDEN (somebody bound to a lab).
 */
export async function askProposal(asker: Asker, input: ProposalInput): Promise<AskedProposal> {
  const view = await askSoftwareView(asker);
  const { projection, index, placeOf } = view;
  const { organizations } = projection;
  const advisory = getAdvisory(view, input.advisory);
  const claims = input.claims.flatMap((claim) => readClaim(advisory, claim));
  const stated = [...(input.origins ?? []), ...(input.suspectedOrigins ?? []).map(({ organization }) => organization)];
  const meanings = await readMissing(asker.questions.store, projection, stated);
  const resolve = (id: string): string => {
    const resolved = meanings.get(id) ?? id;
    if (organizations.id.find(resolved) >= 0) return resolved;
    throw new ExposureError(
      'NOT_FOUND',
      `There is no organization ${JSON.stringify(id.slice(0, 80))}. Check the id, or search for its name.`,
    );
  };
  const origins = input.origins?.map(resolve);
  const suspected = input.suspectedOrigins?.map(({ organization, likelihood }) => ({ organization: resolve(organization), likelihood }));
  const proposed = await asker.turn(() =>
    proposeIncident(index, {
      ...{ advisory, claims, origins, placeOf, now: asker.now },
      suspectedOrigins: suspected && joinSuspected(suspected, []),
      treatAsCompromise: input.treatAsCompromise,
      discoveredAt: input.discoveredAt,
      earliestReceived: (id) => findEarliestReceived(projection, id),
      nameOf: (id) => organizations.name.get(organizations.id.find(id)) ?? id,
    }),
  );
  return { view, advisory, proposed, claims, treatAsCompromise: input.treatAsCompromise, radius: radiusOf(proposed) };
}

function radiusOf({ origins, suspectedOrigins, hasCore, core, widest }: ProposedIncident): AskedRadius | undefined {
  if (widest === null) return undefined;
  return { origins, suspectedOrigins, hasCore, widest, ...(core === null ? {} : { core }) };
}

/** The part of a proposal that an incident saved from it keeps (semantics §13.4). */
export async function keepProposal(
  asker: Asker,
  { view, advisory, proposed, claims, treatAsCompromise }: AskedProposal,
): Promise<KeptProposal> {
  const { index, projection, placeOf } = view;
  const { question } = proposed;
  const { id, aliases, kind, summary, affected, knownBy, withdrawnAt, references } = advisory;
  return {
    advisory: { id, aliases, kind, summary, affected, knownBy, withdrawnAt, references },
    revision: projection.revision,
    treatAsCompromise,
    availabilities: question.claims.map(({ advisory: _, ...claim }) => claim),
    statedCount: claims.length,
    matches: await asker.turn(() =>
      proposed.matches.map((match) => ({
        organization: match.organization,
        grade: match.grade,
        because: describeMatch(index, question, match, placeOf).because,
      })),
    ),
  };
}

/**
 * The grades that the lists give now for a kept proposal: by today's record of its advisory, the claims
 * recorded today, and those of the proposal. An organization without a match has no list that could tell, or its lists do not name the package.
 *
 * Throws FORBIDDEN (somebody bound to a lab).
 */
export async function askGradesNow(
  asker: Asker,
  kept: KeptProposal,
): Promise<{
  readonly view: SoftwareView;
  readonly advisory: RecordedAdvisory;
  readonly gradeOf: (organization: string) => SoftwareGrade;
}> {
  const view = await askSoftwareView(asker);
  const advisory = advisoryOf(view, kept);
  const { id } = advisory;
  const claims = kept.availabilities.slice(kept.availabilities.length - kept.statedCount).map((claim) => ({ ...claim, advisory: id }));
  const found = await asker.turn(() => findAdvisoryMatches(view.index, advisory, { claims, treatAsCompromise: kept.treatAsCompromise }));
  const grades = new Map(found.matches.map((match) => [match.organization, match.grade]));
  const gradeOf = (organization: string): SoftwareGrade => {
    const graded = grades.get(organization);
    if (graded !== undefined) return graded;
    const { lastShowing = -Infinity } = view.index.organizations[view.index.organizationIndex(organization) ?? -1] ?? {};
    return lastShowing !== -Infinity && lastShowing >= found.question.hull.from ? 'RULED_OUT_BY_LISTS' : 'NO_LIST';
  };
  return { view, advisory, gradeOf };
}

/** Today's record of the advisory of a kept proposal; the kept one after its records were taken back. */
export function advisoryOf({ records }: SoftwareView, { advisory, availabilities }: KeptProposal): RecordedAdvisory {
  const recorded = records.advisory(advisory.id);
  if (recorded !== undefined) return recorded;
  const plain: Advisory = advisory;
  return { ...plain, claims: availabilities.map((claim) => ({ ...claim, advisory: plain.id })), records: [], provenances: [] };
}

/** A claim of each affected package, where it names none. */
function readClaim({ id, affected }: RecordedAdvisory, { package: stated, versions, from, until, source }: ClaimInput): Availability[] {
  if (from !== null && until !== null && until < from)
    throw new ExposureError(
      'BAD_USER_INPUT',
      `The claim of ${JSON.stringify(source.slice(0, 80))} ends before it begins. Correct one of the two.`,
    );
  const name = stated === null ? undefined : readPurl(stated)?.package;
  if (stated !== null && name === undefined)
    throw new ExposureError(
      'BAD_USER_INPUT',
      `${JSON.stringify(stated.slice(0, 80))} is no package URL; expected one such as pkg:pypi/litellm.`,
    );
  const packages = name === undefined ? affected.map((one) => one.package) : [name];
  return packages.map((each) => ({ advisory: id, package: each, versions, from, until, source }));
}
