import type { RecordedFact } from '../../domain/assertions.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { FactKind } from '../../domain/facts.ts';
import { SpreadSteps } from '../../exposure/radius/spread.ts';
import type { ExposureCount } from '../../exposure/rankings/artifact-exposure.ts';
import { shareOf } from '../../exposure/rankings/artifact-exposure.ts';
import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { RankedTotals } from '../../exposure/rankings/ranking.ts';
import type { TextColumn } from '../../projection/columns/text-column.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import { readChanged } from '../../projection/refresh/read-changes.ts';
import type { Asker } from '../asker.ts';
import { stableSettings } from '../rankings/list-facts.ts';
import type { TimeLimit } from '../run/time-limit.ts';
import type { WorkProgress } from '../run/work-progress.ts';
import { batchExposures, batchTotals } from './batch-answers.ts';
import type { BatchAnswer, BatchSource } from './find-batch.ts';
import { mayGive } from './find-batch.ts';

/*
 * Attached answers that are behind, made current: the rows that what changed since can touch are computed anew, and the others still hold.
 *
 * A row follows from whom its organization reaches, what these hold, what that reveals, and who depends on them (semantics §3 to §5), so from
 * paths of facts. A path of earlier facts either is there still, or has changed facts. Up to its first one, and from its last one on, it is there
 * still. So whatever is found from both states of the changed facts over the facts of now is all that they touch.
 */

/** More changed facts make the whole answer anew: they touch most rows, and reading them takes long. */
const mostChanges = 10_000;
/** More touched rows make the whole answer anew. */
const mostOrganizations = 1000;
const mostArtifacts = 10_000;

/** An answer, and where it comes from. */
interface Given<T> {
  readonly answer: T;
  /** Null: it was computed for the question. */
  readonly source: BatchSource | null;
}

/**
 * The answer of a ranking: made current if it is behind, and otherwise as it is, if it may be given so. Undefined: it has to be computed.
 *
 * @param mayBeBehind as in `findBatch`
 * @param patienceMs as in `Asker.keep`
 * Complexity: O(changed facts), and for the touched organizations as `rankOrigins`. Throws QUERY_TIMEOUT.
 */
export function giveRanking(
  asker: Asker,
  projection: Projection,
  batch: BatchAnswer,
  settings: OriginSettings,
  mayBeBehind: boolean,
  patienceMs?: number,
): Promise<Given<readonly RankedTotals[]> | undefined> {
  const asItIs = () => batchTotals(projection, batch.rows);
  return give(asker, projection, batch, settings, mayBeBehind, asItIs, patienceMs, async (stable, changed, limit, progress) => {
    const touched = findTouchedOrganizations(projection, stable, changed, mostOrganizations);
    if (touched === undefined) return undefined;
    const totals = asItIs();
    const anew = await asker.runInThread(projection, 'ranking', { ...stable, part: touched }, limit, progress);
    for (const [i, origin] of touched.entries()) totals[origin] = anew[i] as RankedTotals;
    return hasAll(totals, projection.organizations.count) ? totals : undefined;
  });
}

/** The same of the exposure of all artifacts, by artifact. Complexity: for the touched artifacts as `countExposures`. */
export function giveExposures(
  asker: Asker,
  projection: Projection,
  batch: BatchAnswer,
  settings: OriginSettings,
  mayBeBehind: boolean,
  patienceMs?: number,
): Promise<Given<readonly ExposureCount[]> | undefined> {
  const asItIs = () => batchExposures(projection, batch.rows);
  return give(asker, projection, batch, settings, mayBeBehind, asItIs, patienceMs, async (stable, changed, limit, progress) => {
    const touched = findTouchedArtifacts(projection, stable, changed, mostArtifacts);
    if (touched === undefined) return undefined;
    const counts: ExposureCount[] = [];
    // The number of organizations, of which each is a share, may have changed.
    const others = projection.organizations.count - 1;
    for (const { artifact, count } of asItIs()) counts[artifact] = { artifact, count, share: shareOf(count, others) };
    for (const one of await asker.runInThread(projection, 'exposures', { ...stable, part: touched }, limit, progress))
      counts[one.artifact] = one;
    return hasAll(counts, projection.artifacts.count) ? counts : undefined;
  });
}

type Renew<T> = (settings: OriginSettings, changed: ChangedBothWays, limit: TimeLimit, progress: WorkProgress) => Promise<T | undefined>;

async function give<T>(
  asker: Asker,
  projection: Projection,
  { source }: BatchAnswer,
  settings: OriginSettings,
  mayBeBehind: boolean,
  asItIs: () => T,
  patienceMs: number | undefined,
  renew: Renew<T>,
): Promise<Given<T> | undefined> {
  if (source === null) return { answer: asItIs(), source };
  const { revision } = projection;
  // A part of the facts does not say what a change touches.
  if (source.behind > 0 && asker.questions.held.isWhole) {
    const stable = await stableSettings(asker.questions.scheduler, projection, settings, asker.limit);
    const renewed = await asker.keep(
      projection,
      ['renewed', source.name, source.revision, stable],
      async (limit, progress) => {
        const changed = await limit.within(readChangedSince(asker, source.revision, revision));
        return changed && renew(stable, changed, limit, progress);
      },
      patienceMs,
    );
    if (renewed !== undefined) return { answer: renewed, source: { ...source, revision, behind: 0 } };
  }
  return mayGive(asker, source.behind, mayBeBehind) ? { answer: asItIs(), source } : undefined;
}

/** Whether there is a row of every record. */
function hasAll(rows: readonly unknown[], count: number): boolean {
  for (let i = 0; i < count; i++) if (rows[i] === undefined) return false;
  return true;
}

/** Facts that changed, as they were and as they are. */
type ChangedBothWays = ReadonlyMap<FactKind, readonly RecordedFact[]>;

/** Undefined if there are too many. */
async function readChangedSince({ questions: { store } }: Asker, since: number, until: number): Promise<ChangedBothWays | undefined> {
  const keys = await store.readChangedKeys(since, mostChanges, until);
  if (keys === undefined) return undefined;
  const [before, after] = [await readChanged(store, keys, since), await readChanged(store, keys, until)];
  return new Map([...keys.keys()].map((kind) => [kind, [before, after].flatMap((facts) => facts.get(kind)?.facts ?? [])]));
}

const field = (kind: FactKind, name: string) => {
  const at = fieldIndex(kind, name);
  return ({ values }: RecordedFact) => values[at] as string;
};
const ownerOf = field('ARTIFACT', 'owner');
const providerOf = field('ENGAGEMENT', 'provider');
const granteeOf = field('ACCESS', 'grantee');
const grantorOf = field('ACCESS', 'grantor');
const revealingOf = field('REVEALS', 'artifact');
const revealedOf = field('REVEALS', 'reveals');
const sentOf = field('TRANSFER', 'artifact');
const senderOf = field('TRANSFER', 'sender');
const recipientOf = field('TRANSFER', 'recipient');

/**
 * The organizations whose row of a ranking may differ between two revisions, ascending. Undefined if there are more than `most`.
 *
 * They are those that reach an organization where a changed fact begins:
 *
 *     access             its grantee, from whom a step leads on
 *     engagement         its provider, and all on whom the provider depends
 *     transfer           whoever holds, sent or received a copy of its artifact: custody of the whole artifact is derived anew
 *     artifact           the same, and whoever holds an artifact that leads to it over reveals
 *     reveals            the same of the artifact that reveals
 *     organization       itself
 *
 * @param projection the facts of now
 * @param changed the facts that changed, as they were and as they are
 * Complexity: O(changed facts + copies of their artifacts + steps into the organizations found).
 */
export function findTouchedOrganizations(
  projection: Projection,
  settings: OriginSettings,
  changed: ChangedBothWays,
  most: number,
): readonly number[] | undefined {
  const { artifacts, organizations } = projection;
  const beginnings = new Set<number>();
  const begin = (id: string) => add(beginnings, organizations.id, id);
  const providers = new Set<number>();
  const held = new Set<number>();
  const revealing = new Set<number>();
  for (const { key } of changed.get('ORGANIZATION') ?? []) begin(key);
  for (const fact of changed.get('ACCESS') ?? []) begin(granteeOf(fact));
  for (const fact of changed.get('ENGAGEMENT') ?? []) add(providers, organizations.id, providerOf(fact));
  for (const fact of changed.get('TRANSFER') ?? []) {
    begin(senderOf(fact));
    begin(recipientOf(fact));
    add(held, artifacts.id, sentOf(fact));
  }
  for (const fact of changed.get('ARTIFACT') ?? []) {
    begin(ownerOf(fact));
    add(revealing, artifacts.id, fact.key);
  }
  for (const fact of changed.get('REVEALS') ?? []) add(revealing, artifacts.id, revealingOf(fact));
  for (const provider of withAllBefore(providers, providersOf(projection))) beginnings.add(provider);
  for (const artifact of withAllBefore(revealing, sourcesOf(projection))) held.add(artifact);
  for (const artifact of held) for (const organization of namedBy(projection, artifact)) beginnings.add(organization);
  const found = followSteps(projection, settings, beginnings, 'eachInto', most);
  return found && [...found].sort((a, b) => a - b);
}

const providersOf =
  ({ engagements, organizations }: Projection) =>
  (client: number) =>
    Array.from(rowOf(organizations.engagementsAsClient, client), (e) => engagements.provider[e] as number);

const sourcesOf =
  ({ artifacts, reveals }: Projection) =>
  (artifact: number) =>
    Array.from(rowOf(artifacts.revealedBy, artifact), (r) => reveals.artifact[r] as number);

/** Adds the index of a record that is there. */
function add(to: Set<number>, ids: TextColumn, id: string): void {
  const index = ids.find(id);
  if (index >= 0) to.add(index);
}

/** These, and all before them. */
function withAllBefore(these: ReadonlySet<number>, before: (one: number) => readonly number[]): Set<number> {
  const all = new Set(these);
  // Iterating a Set also visits entries added meanwhile, so it is its own queue.
  for (const one of all) for (const other of before(one)) all.add(other);
  return all;
}

/** The holders of an artifact's copies, and whoever sent or received one. */
function* namedBy({ artifacts, copies, transfers }: Projection, artifact: number): Generator<number> {
  for (const copy of rowOf(artifacts.copies, artifact)) yield copies.holder.at(copy);
  for (const t of rowOf(artifacts.transfers, artifact)) {
    yield transfers.sender.at(t);
    yield transfers.recipient.at(t);
  }
}

/**
 * The artifacts whose exposure may differ between two revisions, ascending. Undefined if there are more than `most`.
 *
 * They are those of changed transfers, and changed or revealed artifacts, and whatever the organizations hold that the grantor of a changed
 * access reaches; and all that these reveal. With a transfer likelihood, a changed transfer counts as access, too.
 *
 * @param projection, changed as in `findTouchedOrganizations`
 * Complexity: O(changed facts + steps from the organizations found + their copies).
 */
export function findTouchedArtifacts(
  projection: Projection,
  settings: OriginSettings,
  changed: ChangedBothWays,
  most: number,
): readonly number[] | undefined {
  const { artifacts, copies, organizations, reveals } = projection;
  const ends = new Set<number>();
  const touched = new Set<number>();
  for (const fact of changed.get('ACCESS') ?? []) add(ends, organizations.id, grantorOf(fact));
  for (const fact of changed.get('TRANSFER') ?? []) {
    add(touched, artifacts.id, sentOf(fact));
    if (settings.transferLikelihood > 0) add(ends, organizations.id, recipientOf(fact));
  }
  if (settings.transferLikelihood > 0) for (const artifact of touched) for (const one of namedBy(projection, artifact)) ends.add(one);
  for (const { key } of changed.get('ARTIFACT') ?? []) add(touched, artifacts.id, key);
  for (const fact of changed.get('REVEALS') ?? []) add(touched, artifacts.id, revealedOf(fact));
  const reached = followSteps(projection, settings, ends, 'eachFrom', most);
  if (reached === undefined) return undefined;
  for (const organization of reached) for (const copy of rowOf(organizations.copies, organization)) touched.add(copies.artifact.at(copy));
  if (touched.size > most) return undefined;
  const targetsOf = (artifact: number) => Array.from(rowOf(artifacts.reveals, artifact), (r) => reveals.reveals[r] as number);
  const all = withAllBefore(touched, targetsOf);
  return all.size > most ? undefined : [...all].sort((a, b) => a - b);
}

/** These organizations, and those that steps lead to, or that steps lead from. Undefined if there are more than `most`. */
function followSteps(
  projection: Projection,
  settings: OriginSettings,
  these: ReadonlySet<number>,
  direction: 'eachFrom' | 'eachInto',
  most: number,
): Set<number> | undefined {
  const steps = new SpreadSteps(projection, settings);
  const found = new Set(these);
  let next: readonly number[] = [...these];
  for (let hops = 0; hops < settings.maxHops && next.length > 0; hops++) {
    const further: number[] = [];
    for (const one of next) {
      if (found.size > most) return undefined;
      steps[direction](one, (other) => {
        if (found.has(other)) return;
        found.add(other);
        further.push(other);
      });
    }
    next = further;
  }
  return found.size > most ? undefined : found;
}
