import { ExposureError } from '../../domain/errors.ts';
import { labBit } from '../../domain/facts.ts';
import { none, type Projection, rowOf } from '../../projection/projection.ts';
import { hasEnded } from '../../rules/engagement-term.ts';
import {
  type AdvisoryOptions,
  findAdvisoryMatches,
  findOrganizationMatches,
  findSoftwareMatches,
  type PackageQuestion,
  type SoftwareMatches,
} from '../../software/find-matches.ts';
import { componentsOf, listHeadOf } from '../../software/recorded-facts.ts';
import { type OrganizationStanding, type SoftwareAccess, type SoftwareIndex, SoftwareIndexBuilder } from '../../software/software-index.ts';
import type { PlaceOf } from '../../software/software-sentences.ts';
import { readPurl } from '../../software/versions/purl.ts';
import type { Asker } from '../asker.ts';
import { askSoftware, type RecordedAdvisory, type SoftwareRecords } from './ask-software.ts';

/** The software of all organizations at one revision, as grades read it (semantics §13). */
export interface SoftwareView {
  readonly projection: Projection;
  readonly records: SoftwareRecords;
  readonly index: SoftwareIndex;
  readonly placeOf: PlaceOf;
}

/**
 * The lists of all organizations, by package. Made when a question first needs it, and kept while the facts stay as they are.
 *
 * A list is its vendor's secret: somebody bound to a lab sees none, so nobody bound gets this view. Throws FORBIDDEN.
 */
export async function askSoftwareView(asker: Asker): Promise<SoftwareView> {
  if (asker.questions.labs !== null)
    throw new ExposureError(
      'FORBIDDEN',
      'Software lists are secrets of the vendors that gave them, so people bound to a lab do not see them.',
    );
  asker.needAllFacts();
  const projection = await asker.facts();
  const records = await askSoftware(asker);
  return asker.keep(projection, ['softwareView'], async (limit) => {
    const { revision } = projection;
    const builder = new SoftwareIndexBuilder();
    if (records.lists.length > 0)
      for await (const batch of asker.questions.store.readFacts({ revision }, ['SOFTWARE_LIST']))
        for (const fact of batch.facts) {
          limit.check();
          await asker.turn(() => builder.add({ ...listHeadOf(fact), components: componentsOf(fact) }));
        }
    const index = builder.build({
      advisories: records.advisories,
      availabilities: records.claims,
      statements: records.statements,
      accessFacts: accessFactsOf(projection),
      organizations: idsOf(projection),
      standing: standingIn(projection),
    });
    const placeOf: PlaceOf = (list) => {
      const provenance = list.format === 'ACCESS_FACT' ? undefined : records.list(list.id)?.provenance;
      if (provenance === undefined || provenance.file === null) return undefined;
      return provenance.line === null ? provenance.file : `${provenance.file}, line ${provenance.line}`;
    };
    return { projection, records, index, placeOf };
  });
}

/** The grades of all organizations by an advisory. Null: there is no such advisory. */
export async function askAdvisoryMatches(
  asker: Asker,
  id: string,
  options?: AdvisoryOptions,
): Promise<{ readonly view: SoftwareView; readonly advisory: RecordedAdvisory; readonly found: SoftwareMatches }> {
  const view = await askSoftwareView(asker);
  const advisory = getAdvisory(view, id);
  return { view, advisory, found: await asker.turn(() => findAdvisoryMatches(view.index, advisory, options)) };
}

/** Throws NOT_FOUND. @param id of the advisory, or an alias */
export function getAdvisory({ records }: SoftwareView, id: string): RecordedAdvisory {
  const advisory = records.advisory(id);
  if (advisory !== undefined) return advisory;
  const shown = JSON.stringify(id.slice(0, 80));
  throw new ExposureError('NOT_FOUND', `There is no advisory ${shown}. Import its record first, or name it by an id or alias of a record.`);
}

/**
 * The organizations that had a package, or versions of it, in a window.
 *
 * Throws BAD_USER_INPUT if the package is no package URL. A version in it counts as a stated one.
 */
export async function askPackageMatches(asker: Asker, { package: stated, versions, during }: PackageQuestion) {
  const purl = readPurl(stated);
  if (purl === undefined) {
    const shown = JSON.stringify(stated.slice(0, 80));
    throw new ExposureError('BAD_USER_INPUT', `${shown} is no package URL; expected one such as pkg:pypi/litellm.`);
  }
  const view = await askSoftwareView(asker);
  const question = { package: purl.package, versions: [...versions, ...(purl.version === null ? [] : [purl.version])], during };
  return { view, found: await asker.turn(() => findSoftwareMatches(view.index, question)) };
}

/** The matches of one organization with the recorded advisories, by grade, then advisory. */
export async function askOrganizationMatches(asker: Asker, organization: string) {
  const view = await askSoftwareView(asker);
  return { view, found: await asker.turn(() => findOrganizationMatches(view.index, organization)) };
}

function* idsOf({ organizations }: Projection): Generator<string> {
  for (let i = 0; i < organizations.count; i++) yield organizations.id.get(i);
}

function* accessFactsOf({ access, organizations }: Projection): Generator<SoftwareAccess> {
  for (let i = 0; i < access.count; i++) {
    const software = access.software.get(i);
    if (software === null) continue;
    yield {
      id: access.id.get(i),
      grantor: organizations.id.get(access.grantor[i] as number),
      software,
      validFrom: finiteOrNull(access.validFrom[i] as number),
      validUntil: finiteOrNull(access.validUntil[i] as number),
    };
  }
}

function finiteOrNull(instant: number): number | null {
  return Number.isFinite(instant) ? instant : null;
}

function standingIn({ organizations, artifacts, copies, engagements, access }: Projection): OrganizationStanding {
  const rowsOf = (columns: Parameters<typeof rowOf>[0], id: string) => {
    const index = organizations.id.find(id);
    return index === none ? [] : [...rowOf(columns, index)];
  };
  return {
    isLab: (id) => {
      const index = organizations.id.find(id);
      return index !== none && ((organizations.roles[index] as number) & labBit) !== 0;
    },
    holdsOthersCopy: (id) => {
      const own = organizations.id.find(id);
      return rowsOf(organizations.copies, id).some((copy) => artifacts.owner[copies.artifact.at(copy)] !== own);
    },
    providesEngagement: (id, from) =>
      rowsOf(organizations.engagementsAsProvider, id).some((engagement) => !hasEnded(engagements.endsAt[engagement] as number, from)),
    isPartyToAccess: (id, from) =>
      [...rowsOf(organizations.accessHeld, id), ...rowsOf(organizations.accessGranted, id)].some(
        (fact) => !hasEnded(access.validUntil[fact] as number, from),
      ),
  };
}

/** When the first transfer that an organization received was sent, of those with a known date. */
export function findEarliestReceived({ organizations, transfers }: Projection, id: string): number | undefined {
  const index = organizations.id.find(id);
  if (index === none) return undefined;
  let earliest = Infinity;
  for (const transfer of rowOf(organizations.received, index)) {
    const sentAt = transfers.sentAt.at(transfer);
    if (Number.isFinite(sentAt)) earliest = Math.min(earliest, sentAt);
  }
  return earliest === Infinity ? undefined : earliest;
}
