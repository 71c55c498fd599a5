import type { FactValue, RecordedFact } from '../../server/domain/assertions.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { artifactTypes } from '../../server/domain/facts.ts';

/** The size of a generated world. */
export interface WorldSize {
  readonly organizations: number;
  readonly artifacts: number;
  readonly transfers: number;
  /** Access facts per organization; 1 if not stated. */
  readonly accessPerOrganization?: number;
  /** Reveals facts per artifact; 0.2 if not stated. */
  readonly revealsPerArtifact?: number;
  /** A few organizations receive most transfers, and a few artifacts are sent most often. */
  readonly isSkewed?: boolean;
}

/** A world of this many transfers: 200 for each organization and 50 for each artifact. */
export function sizeOf(transfers: number): WorldSize {
  return {
    organizations: Math.max(200, Math.floor(transfers / 200)),
    artifacts: Math.max(500, Math.floor(transfers / 50)),
    transfers,
  };
}

/** One in a hundred organizations is a lab. Earlier holders pass on an artifact, as in a real chain of vendors. */
export function* generateWorld(size: WorldSize, seed = 1): Generator<RecordedFact> {
  const random = mulberry32(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const pickMostly = (count: number) => Math.floor(count * (size.isSkewed === true ? random() ** 3 : random()));
  const labs = Math.max(2, Math.floor(size.organizations / 100));
  const start = Date.UTC(2024, 0, 1);
  const day = 86_400_000;
  const organization = (i: number) => `org-${String(i).padStart(6, '0')}`;
  const artifact = (i: number) => `art-${String(i).padStart(6, '0')}`;

  for (let i = 0; i < size.organizations; i++) {
    const role = i < labs ? 'LAB' : i % 50 === 0 ? 'TOOL_PROVIDER' : i % 2 === 0 ? 'VENDOR' : 'SUBCONTRACTOR';
    yield fact('ORGANIZATION', organization(i), { id: organization(i), name: `Organization ${i}`, roles: [role] });
  }
  for (let i = 0; i < size.artifacts; i++) {
    const low = 10_000 * (1 + pick(100));
    yield fact('ARTIFACT', artifact(i), {
      id: artifact(i),
      name: `Artifact ${i}`,
      type: artifactTypes[pick(artifactTypes.length)] as string,
      owner: organization(pick(labs)),
      sensitivity: 1 + pick(5),
      valueLowUsd: low,
      valueHighUsd: low * (1 + pick(20)),
    });
  }
  const engagements = size.organizations * 2;
  for (let i = 0; i < engagements; i++) {
    const client = pick(size.organizations);
    const id = `eng-${String(i).padStart(6, '0')}`;
    const provider = labs + pick(size.organizations - labs);
    if (client === provider) continue;
    yield fact('ENGAGEMENT', id, { id, client: organization(client), provider: organization(provider), startsAt: start + pick(900) * day });
  }
  const holders: number[][] = Array.from({ length: size.artifacts }, () => []);
  const owners = ownersOf(size, seed);
  for (let i = 0; i < size.transfers; i++) {
    const id = `t-${String(i).padStart(8, '0')}`;
    const what = pickMostly(size.artifacts);
    const before = holders[what] as number[];
    const sender = before.length === 0 || random() < 0.3 ? (owners[what] as number) : (before[pick(before.length)] as number);
    const recipient = labs + pickMostly(size.organizations - labs);
    if (recipient === sender) continue;
    before.push(recipient);
    const sentAt = start + Math.floor((i / size.transfers) * 1000) * day + pick(day);
    const isDeleted = random() < 0.1;
    yield fact('TRANSFER', id, {
      id,
      artifact: artifact(what),
      sender: organization(sender),
      recipient: organization(recipient),
      sentAt: random() < 0.03 ? null : sentAt,
      portion: random() < 0.2 ? 0.5 : 1,
      form: random() < 0.1 ? 'VIEW_ONLY' : 'PLAINTEXT',
      deletionState: isDeleted ? (random() < 0.5 ? 'ATTESTED' : 'VERIFIED') : 'NONE',
      deletedAt: isDeleted ? sentAt + 400 * day : null,
      channel: `channel-${pick(8)}`,
      confidence: random() < 0.05 ? 0.4 : 1,
    });
  }
  for (let i = 0; i < size.organizations * (size.accessPerOrganization ?? 1); i++) {
    const grantee = pick(size.organizations);
    const grantor = pick(size.organizations);
    if (grantee === grantor) continue;
    const id = `acc-${String(i).padStart(6, '0')}`;
    yield fact('ACCESS', id, {
      id,
      grantee: organization(grantee),
      grantor: organization(grantor),
      kind: 'CREDENTIALS',
      likelihood: 0.1 + 0.8 * random(),
    });
  }
  const seen = new Set<string>();
  for (let i = 0; i < size.artifacts * (size.revealsPerArtifact ?? 0.2); i++) {
    const from = artifact(pick(size.artifacts));
    const to = artifact(pick(size.artifacts));
    if (from === to || seen.has(`${from}/${to}`)) continue;
    seen.add(`${from}/${to}`);
    yield fact('REVEALS', `${from}/${to}`, { artifact: from, reveals: to, degree: 0.1 + 0.8 * random() });
  }
}

/** The same owners that `generateWorld` draws. */
function ownersOf(size: WorldSize, seed: number): number[] {
  const random = mulberry32(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const labs = Math.max(2, Math.floor(size.organizations / 100));
  return Array.from({ length: size.artifacts }, () => {
    pick(100);
    pick(artifactTypes.length);
    const owner = pick(labs);
    pick(5);
    pick(20);
    return owner;
  });
}

const assertedAt = Date.UTC(2026, 8, 1);

function fact(kind: FactKind, key: string, stated: Record<string, FactValue>): RecordedFact {
  return {
    kind,
    key,
    values: factFields[kind].map((spec) => stated[spec.name] ?? spec.default ?? null),
    provenance: { importId: 'bench', file: `${kind.toLowerCase()}.csv`, line: 2, assertedBy: 'bench', assertedAt, source: null },
  };
}

/** A small seeded generator of numbers in [0, 1) (Tommy Ettinger's mulberry32, public domain). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
