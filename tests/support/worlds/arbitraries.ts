import fc from 'fast-check';
import type { CopyForm, DeletionState, OrganizationRole } from '../../../server/domain/facts.ts';
import { copyForms, deletionStates } from '../../../server/domain/facts.ts';
import type { OracleWindow } from '../oracle/custody.ts';
import type { Question, QuestionScope } from '../oracle/question.ts';
import type { World } from './world.ts';
import { world } from './world.ts';

/**
 * Worlds that are valid by §1, and questions about them, small enough for the oracle.
 *
 * Uses few values of each kind, so that they coincide: six instants for windows, intervals and assertions; degrees and
 * likelihoods whose products tie; ids whose order by code unit and by code point differ.
 */
const instants = [0, 10, 20, 30, 40, 50] as const;

/** U+FF5E comes before U+1F600 by code point, after it by code unit. */
const names = ['a', 'B', 'b', 'b1', 'ä', '\uff5e', '\u{1f600}', '\u{1f600}a', 'z'] as const;

const instant = fc.constantFrom(...instants);
const likelihood = fc.constantFrom(1, 1, 0.5, 0.25, 0.9, 0.3, 0.1, 0.7, 1e-200);
const degree = fc.constantFrom(1, 1, 0.5, 0.5, 0.25, 0.25, 0.1, 0.05, 0.9, 0.2);
const confidence = fc.constantFrom(1, 1, 1, 0.5, 0.49, 0.9);
const channels = ['sftp', 'portal'] as const;

function maybe<T>(value: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | null> {
  return fc.option(value, { nil: null, freq });
}

/** An interval of a fact. Its end is not before its start. Equal ends make an empty interval. */
const period: fc.Arbitrary<[number | null, number | null]> = fc
  .tuple(maybe(instant), maybe(instant))
  .map(([from, until]) => (from !== null && until !== null && until < from ? [until, from] : [from, until]));

interface Sizes {
  readonly organizations: number;
  readonly artifacts: number;
}

const sizes: fc.Arbitrary<Sizes> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ organizations: 0, artifacts: 0 }) },
  { weight: 8, arbitrary: fc.record({ organizations: fc.integer({ min: 1, max: 5 }), artifacts: fc.integer({ min: 0, max: 4 }) }) },
  /** Few organizations and many reveals: one artifact leads to another in several ways. */
  { weight: 3, arbitrary: fc.record({ organizations: fc.constant(3), artifacts: fc.integer({ min: 4, max: 6 }) }) },
  { weight: 6, arbitrary: fc.record({ organizations: fc.integer({ min: 4, max: 12 }), artifacts: fc.integer({ min: 1, max: 10 }) }) },
);

/** A number that selects one item of a list. The length of the list is known later. */
const pick = fc.nat({ max: 10_000 });

/** Two different items of a list of `count` (at least 2). */
function pair([first, second]: readonly [number, number], count: number): [number, number] {
  const a = first % count;
  return [a, (a + 1 + (second % (count - 1))) % count];
}

const organizationDraft = fc.record({
  roles: fc.constantFrom<OrganizationRole[]>(['LAB'], ['LAB', 'VENDOR'], ['VENDOR'], ['SUBCONTRACTOR'], ['TOOL_PROVIDER']),
  assertedAt: instant,
});

const artifactDraft = fc.record({
  owner: pick,
  values: fc.constantFrom<[number | null, number | null]>([null, null], [100, 100], [100, 1000], [null, 500], [1000, null], [1, 10_000]),
  fragmentCount: maybe(fc.constantFrom(2, 3, 4)),
  usefulPortion: fc.constantFrom(0, 0, 0.25, 0.5, 0.75, 1),
  sensitivity: fc.integer({ min: 1, max: 5 }),
  assertedAt: instant,
});

const engagementDraft = fc.record({ ends: fc.tuple(pick, pick), period, assertedAt: instant });

const transferDraft = fc.record({
  artifact: pick,
  ends: fc.tuple(pick, pick),
  /** Most transfers start at the owner of the artifact, or at the recipient of its last transfer. */
  course: fc.constantFrom('ANY', 'FROM_OWNER', 'ONWARD', 'ONWARD', 'TO_OWNER'),
  sentAt: maybe(instant, 4),
  portion: fc.constantFrom(1, 1, 0.5, 0.25, 0.1),
  fragments: maybe(fc.subarray(['f1', 'f2', 'f3', 'f4'], { minLength: 1 })),
  form: fc.constantFrom<CopyForm>('PLAINTEXT', 'PLAINTEXT', ...copyForms),
  deletionState: fc.constantFrom<DeletionState>('NONE', ...deletionStates),
  deletedAt: maybe(instant, 4),
  channel: maybe(fc.constantFrom(...channels)),
  engagement: maybe(pick),
  confidence,
  records: maybe(fc.constantFrom(1, 40, 2_500)),
  bytes: maybe(fc.constantFrom(0.5, 1e9, 2 ** 53)),
  assertedAt: instant,
});

const accessDraft = fc.record({ ends: fc.tuple(pick, pick), likelihood, period, assertedAt: instant });

const revealsDraft = fc.record({ ends: fc.tuple(pick, pick), degree });

/** Valid worlds, including the empty one, an isolated last organization, parallels, cycles, diamonds and mutual pairs. */
export const worlds: fc.Arbitrary<World> = sizes.chain(({ organizations, artifacts }) =>
  fc
    .record({
      ids: fc.uniqueArray(fc.constantFrom(...names, 'o1', 'o2', 'o3', 'o10'), { minLength: organizations, maxLength: organizations }),
      artifactIds: fc.uniqueArray(fc.constantFrom(...names, 'x1', 'x2', 'x10'), { minLength: artifacts, maxLength: artifacts }),
      transferIds: fc.shuffledSubarray([...names, ...manyIds('t', 31)], { minLength: 40, maxLength: 40 }),
      otherIds: fc.shuffledSubarray([...names, ...manyIds('e', 6)], { minLength: 15, maxLength: 15 }),
      organizations: fc.array(organizationDraft, { minLength: organizations, maxLength: organizations }),
      artifacts: fc.array(artifactDraft, { minLength: artifacts, maxLength: artifacts }),
      engagements: fc.array(engagementDraft, { maxLength: 15, size: 'max' }),
      transfers: fc.array(transferDraft, { maxLength: artifacts === 0 ? 0 : Math.min(40, organizations * 4), size: 'max' }),
      access: fc.array(accessDraft, { maxLength: 15, size: 'max' }),
      reveals: fc.oneof(
        fc.array(revealsDraft, { maxLength: 12, size: 'max' }),
        fc.array(revealsDraft, { minLength: 9, maxLength: 14, size: 'max' }),
      ),
    })
    .map((draft) => assemble(draft)),
);

function manyIds(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
}

type Value<T> = T extends fc.Arbitrary<infer V> ? V : never;

interface Draft {
  readonly ids: string[];
  readonly artifactIds: string[];
  readonly transferIds: string[];
  readonly otherIds: string[];
  readonly organizations: Value<typeof organizationDraft>[];
  readonly artifacts: Value<typeof artifactDraft>[];
  readonly engagements: Value<typeof engagementDraft>[];
  readonly transfers: Value<typeof transferDraft>[];
  readonly access: Value<typeof accessDraft>[];
  readonly reveals: Value<typeof revealsDraft>[];
}

function assemble(draft: Draft): World {
  const { ids, artifactIds } = draft;
  const built = world();
  const labs = ids.filter((_, i) => draft.organizations[i]?.roles.includes('LAB'));
  // An artifact needs a lab.
  if (labs.length === 0 && artifactIds.length > 0) labs.push(ids[0] as string);
  ids.forEach((id, i) => {
    const organization = draft.organizations[i] as Draft['organizations'][number];
    built.organization(id, {
      ...organization,
      roles: labs.includes(id) && !organization.roles.includes('LAB') ? ['LAB'] : organization.roles,
    });
  });
  const artifacts = artifactIds.map((id, i) => {
    const { owner, values, ...rest } = draft.artifacts[i] as Draft['artifacts'][number];
    const artifact = { id, owner: labs[owner % labs.length] as string, fragmentCount: rest.fragmentCount };
    built.artifact(id, artifact.owner, { ...rest, valueLowUsd: values[0], valueHighUsd: values[1] });
    return artifact;
  });
  if (ids.length >= 2) {
    draft.engagements.forEach(({ ends, period: [startsAt, endsAt], assertedAt }, i) => {
      const [client, provider] = pair(ends, ids.length);
      built.engagement(draft.otherIds[i] as string, ids[client] as string, ids[provider] as string, { startsAt, endsAt, assertedAt });
    });
    addTransfers(built, draft, artifacts);
    draft.access.forEach(({ ends, period: [validFrom, validUntil], ...rest }, i) => {
      const [grantee, grantor] = pair(ends, ids.length);
      built.access(draft.otherIds[i] as string, ids[grantee] as string, ids[grantor] as string, { ...rest, validFrom, validUntil });
    });
  }
  const revealed = new Set<string>();
  if (artifactIds.length >= 2) {
    for (const { ends, degree } of draft.reveals) {
      const [from, to] = pair(ends, artifactIds.length);
      if (revealed.has(`${from} ${to}`)) continue;
      revealed.add(`${from} ${to}`);
      built.reveals(artifactIds[from] as string, artifactIds[to] as string, degree);
    }
  }
  return built.build();
}

function addTransfers(
  built: ReturnType<typeof world>,
  draft: Draft,
  artifacts: readonly { id: string; owner: string; fragmentCount: number | null }[],
): void {
  const { ids } = draft;
  /** The recipient of each artifact's last transfer. */
  const lastHolder = new Map<string, string>();
  draft.transfers.forEach((transfer, i) => {
    const { artifact: artifactPick, ends, course, engagement, fragments, sentAt, deletedAt, ...rest } = transfer;
    const artifact = artifacts[artifactPick % artifacts.length] as (typeof artifacts)[number];
    let [sender, recipient] = pair(ends, ids.length).map((end) => ids[end] as string) as [string, string];
    if (course === 'FROM_OWNER') sender = artifact.owner;
    if (course === 'ONWARD') sender = lastHolder.get(artifact.id) ?? artifact.owner;
    if (course === 'TO_OWNER') recipient = artifact.owner;
    if (sender === recipient) {
      const other = ids[(ids.indexOf(sender) + 1) % ids.length] as string;
      if (course === 'TO_OWNER') sender = other;
      else recipient = other;
    }
    lastHolder.set(artifact.id, recipient);
    built.transfer(draft.transferIds[i] as string, artifact.id, sender, recipient, {
      ...rest,
      sentAt,
      // A copy is not deleted before it was sent.
      deletedAt: deletedAt !== null && sentAt !== null && deletedAt < sentAt ? sentAt : deletedAt,
      // At most as many names as fragments.
      fragments: fragments === null || artifact.fragmentCount === null ? fragments : fragments.slice(0, artifact.fragmentCount),
      engagement:
        engagement === null || draft.engagements.length === 0 ? null : (draft.otherIds[engagement % draft.engagements.length] as string),
    });
  });
}

/** A window inside `outer`: instants of the world, in between, or before and after all of them. */
const edges = fc.constantFrom(-5, 0, 9, 10, 15, 20, 30, 40, 50, 60);

const windows: fc.Arbitrary<{ core: OracleWindow; widest: OracleWindow }> = fc.tuple(edges, edges, edges, edges).map((chosen) => {
  const [a, b, c, d] = [...chosen].sort((x, y) => x - y) as [number, number, number, number];
  return { core: { from: b, to: c }, widest: { from: a, to: d } };
});

/** Questions about a world with at least one organization. */
export function questionsAbout(about: World): fc.Arbitrary<Question> {
  const idsOf = (kind: string) => about.facts.flatMap((fact) => (fact.kind === kind && 'id' in fact ? [fact.id] : []));
  const organizations = idsOf('ORGANIZATION');
  const scopes: fc.Arbitrary<QuestionScope[]> = fc.array(
    fc.record({
      origin: fc.constantFrom(...organizations),
      artifacts: fc.subarray(idsOf('ARTIFACT')),
      engagements: fc.subarray(idsOf('ENGAGEMENT')),
      channels: fc.subarray([...channels]),
    }),
    { maxLength: 3 },
  );
  const suspects = fc.array(fc.record({ organization: fc.constantFrom(...organizations), likelihood: fc.constantFrom(0.2, 0.5, 0.9, 1) }), {
    maxLength: 3,
  });
  return fc
    .record({
      origins: fc.shuffledSubarray(organizations, { maxLength: Math.min(3, organizations.length) }),
      suspected: fc.oneof(fc.constant([]), suspects),
      hasCore: fc.constantFrom(true, true, true, false),
      windows,
      scopes: fc.oneof(fc.constant([]), fc.constant([]), scopes),
      maxHops: fc.integer({ min: 0, max: 4 }),
      transferLikelihood: fc.constantFrom(0, 0, 0.3, 0.5, 1),
      minDegree: fc.constantFrom(0.05, 0.05, 0, 0.25, 0.5, 1),
    })
    .filter(({ origins, suspected }) => origins.length + suspected.length > 0)
    .map(({ windows: { core, widest }, ...rest }) => ({ ...rest, core: rest.hasCore ? core : widest, widest }));
}

/** A world with at least one organization, and a question about it. */
export const cases: fc.Arbitrary<{ world: World; question: Question }> = worlds
  .filter((candidate) => candidate.facts.some(({ kind }) => kind === 'ORGANIZATION'))
  .chain((candidate) => questionsAbout(candidate).map((question) => ({ world: candidate, question })));
