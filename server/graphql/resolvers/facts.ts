import type { OptionalText } from '../../domain/fact-fields.ts';
import { optionalTexts } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { accessKinds, artifactTypes, copyForms, deletionStates, evidenceTypes } from '../../domain/facts.ts';
import type { CopyPart } from '../../exposure/scenario/scenario-copy.ts';
import { partsOf, scenarioChainOf, shownCopyId } from '../../exposure/scenario/scenario-copy.ts';
import { deletionStateOf, formOf } from '../../projection/custody.ts';
import type { ProvenanceColumns } from '../../projection/part.ts';
import type { Projection, TransferColumns } from '../../projection/projection.ts';
import { copyKinds, rowOf } from '../../projection/projection.ts';
import {
  askAccess,
  askArtifacts,
  askControls,
  askCopies,
  askCopiesOf,
  askEngagements,
  askTransfers,
} from '../../questions/explore/ask-facts.ts';
import { tellAttributes } from '../../questions/lab/lab-facts.ts';
import { toInstant } from '../date-time.ts';
import type {
  AccessKind,
  AccessResolvers,
  ArtifactResolvers,
  ArtifactType,
  ControlResolvers,
  CopyForm,
  CopyKind,
  CopyResolvers,
  DeletionState,
  EngagementResolvers,
  EvidenceType,
  ProvenanceResolvers,
  QueryResolvers,
  RevealsResolvers,
  TransferResolvers,
} from '../generated/resolvers.ts';
import type { ArtifactModel, CopyModel, ProvenanceModel } from '../models.ts';
import { accessAt, artifactAt, controlAt, copyAt, engagementAt, organizationAt, revealsAt, transferAt } from '../models.ts';
import { pageOfArray } from '../page.ts';
import { oneById } from './facts-by-key.ts';
import { exposureOf } from './rankings.ts';

/** The columns of each kind in a projection. */
const optionalTextsColumnsOf = {
  ORGANIZATION: 'organizations',
  ARTIFACT: 'artifacts',
  ENGAGEMENT: 'engagements',
  TRANSFER: 'transfers',
  ACCESS: 'access',
  REVEALS: 'reveals',
} as const satisfies Partial<Record<FactKind, keyof Projection>>;

type TextResolver = (fact: { readonly projection: Projection; readonly index: number }) => string | null;

/** The resolvers of a kind's optional texts. The projection has a column for each (fact-fields.ts). */
export function resolveOptionalTexts<K extends keyof typeof optionalTextsColumnsOf>(kind: K): Record<OptionalText<K>, TextResolver> {
  const resolvers = optionalTexts(kind).map((name): [string, TextResolver] => [
    name,
    ({ projection, index }) => {
      const columns = projection[optionalTextsColumnsOf[kind]] as unknown as Record<string, { get(index: number): string | null }>;
      return (columns[name] as { get(index: number): string | null }).get(index);
    },
  ]);
  return Object.fromEntries(resolvers) as Record<OptionalText<K>, TextResolver>;
}

export const accessQueries = {
  access: async (_, { id }, context) => oneById(await context.facts(), 'access', id, accessAt),
  accessFacts: async (_, { first, after, grantee, grantor, software }, context) => {
    const question = { grantee, grantor, software };
    const { projection, rows } = await askAccess(context, question);
    const identity = { list: 'Query.accessFacts', question, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => accessAt(projection, i));
  },
} satisfies QueryResolvers;

export const Access: AccessResolvers = {
  id: ({ projection, index }) => projection.access.id.get(index),
  grantee: ({ projection, index }) => organizationAt(projection, projection.access.grantee[index] as number),
  grantor: ({ projection, index }) => organizationAt(projection, projection.access.grantor[index] as number),
  kind: ({ projection, index }) => accessKinds[projection.access.accessKind[index] as number] as AccessKind,
  likelihood: ({ projection, index }) => projection.access.likelihood[index] as number,
  validFrom: ({ projection, index }) => toInstant(projection.access.validFrom[index] as number),
  validUntil: ({ projection, index }) => toInstant(projection.access.validUntil[index] as number),
  ...resolveOptionalTexts('ACCESS'),
  provenance: (access) => access,
};

export const artifactQueries = {
  artifact: async (_, { id }, context) => oneById(await context.facts(), 'artifacts', id, artifactAt),
  artifacts: async (_, { first, after, owner, types, text }, context) => {
    const { projection, rows } = await askArtifacts(context, { owner, types, text });
    const identity = { list: 'Query.artifacts', question: { owner, types, text }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => artifactAt(projection, i));
  },
} satisfies QueryResolvers;

const orNull = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

function identityOf({ projection, index }: ArtifactModel, field: string) {
  return { list: `Artifact.${field}`, question: projection.artifacts.id.get(index), revision: projection.revision };
}

export const Artifact: ArtifactResolvers = {
  id: ({ projection, index }) => projection.artifacts.id.get(index),
  name: ({ projection, index }) => projection.artifacts.name.get(index),
  type: ({ projection, index }) => artifactTypes[projection.artifacts.type[index] as number] as ArtifactType,
  owner: ({ projection, index }) => organizationAt(projection, projection.artifacts.owner[index] as number),
  sensitivity: ({ projection, index }) => projection.artifacts.sensitivity[index] as number,
  valueLowUsd: ({ projection, index }) => orNull(projection.artifacts.valueLowUsd[index]),
  valueHighUsd: ({ projection, index }) => orNull(projection.artifacts.valueHighUsd[index]),
  ...resolveOptionalTexts('ARTIFACT'),
  fragmentCount: ({ projection, index }) => projection.artifacts.fragmentCount[index] || null,
  usefulPortion: ({ projection, index }) => projection.artifacts.usefulPortion[index] as number,
  provenance: (artifact) => artifact,
  copies: (artifact, args, context) =>
    askCopiesOf(context, artifact, ({ projection, rows }) =>
      pageOfArray(identityOf(artifact, 'copies'), args, rows, (copy) => copyAt(projection, copy)),
    ),
  reveals: (a, args) =>
    pageOfArray(identityOf(a, 'reveals'), args, rowOf(a.projection.artifacts.reveals, a.index), (i) => revealsAt(a.projection, i)),
  revealedBy: (a, args) =>
    pageOfArray(identityOf(a, 'revealedBy'), args, rowOf(a.projection.artifacts.revealedBy, a.index), (i) => revealsAt(a.projection, i)),
  exposure: ({ projection, index }, question, context) => exposureOf(projection, index, question, context),
};

export const controlQueries = {
  controls: async (_, { first, after, organization, issuer }, context) => {
    const { projection, rows } = await askControls(context, { organization, issuer });
    const identity = { list: 'Query.controls', question: { organization, issuer }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => controlAt(projection, i));
  },
} satisfies QueryResolvers;

export const Control: ControlResolvers = {
  organization: ({ projection, index }) => organizationAt(projection, projection.controls.organization[index] as number),
  control: ({ projection, index }) => projection.controls.control.get(index) as string,
  evidenceType: ({ projection, index }) => evidenceTypes[projection.controls.evidenceType[index] as number] as EvidenceType,
  issuedAt: ({ projection, index }) => toInstant(projection.controls.issuedAt[index] as number),
  expiresAt: ({ projection, index }) => toInstant(projection.controls.expiresAt[index] as number),
  issuer: ({ projection, index }) => {
    const issuer = projection.controls.issuer[index] as number;
    return issuer < 0 ? null : organizationAt(projection, issuer);
  },
  provenance: (control) => control,
};

const maxChain = 100;

export const copyQueries = {
  copies: async (_, { first, after, ...filter }, context) => {
    const { projection, rows } = await askCopies(context, filter);
    const identity = { list: 'Query.copies', question: filter, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (copy) => copyAt(projection, copy));
  },
} satisfies QueryResolvers;

export const Copy: CopyResolvers = {
  id: ({ projection, index, isEncrypted }) => shownCopyId(projection, { copy: index, isEncrypted }),
  kind: ({ projection, index }) => copyKinds[projection.copies.kind.at(index)] as CopyKind,
  artifact: ({ projection, index }) => artifactAt(projection, projection.copies.artifact.at(index)),
  holder: ({ projection, index }) => organizationAt(projection, projection.copies.holder.at(index)),
  transfer: ({ projection, index }) => {
    const transfer = projection.copies.transfer.at(index);
    return transfer < 0 ? null : transferAt(projection, transfer);
  },
  form: ({ projection, index, isEncrypted }) => (isEncrypted ? 'ENCRYPTED_KEY_AT_OWNER' : formOf(projection, index)),
  deletionState: ({ projection, index, scenario }) =>
    (scenario?.recalledAt(index) ?? Infinity) < Infinity ? 'VERIFIED' : deletionStateOf(projection, index),
  portion: ({ projection, index }) => projection.copies.portion.at(index),
  fragments: ({ projection, index }) => {
    const transfer = projection.copies.transfer.at(index);
    return transfer < 0 ? null : fragmentsOf(projection, transfer);
  },
  confidence: ({ projection, index }) => projection.copies.confidence.at(index),
  definite: (copy) => {
    const part = partOf(copy);
    return { from: toInstant(part.definiteFrom), until: toInstant(part.definiteUntil) };
  },
  possible: (copy) => {
    const part = partOf(copy);
    return { from: toInstant(part.possibleFrom), until: toInstant(part.possibleUntil) };
  },
  rank: ({ projection, index, scenario }) => {
    const rank = scenario === undefined ? projection.copies.rank.at(index) : scenario.rankOf(index);
    return rank < 0 ? null : rank;
  },
  chain: ({ projection, index, scenario }) =>
    scenarioChainOf(projection, scenario, index, maxChain).map((transfer) => transferAt(projection, transfer)),
};

function partOf({ projection, index, scenario, isEncrypted }: CopyModel): CopyPart {
  return partsOf(projection, scenario, index).find((part) => part.isEncrypted === isEncrypted) as CopyPart;
}

export const engagementQueries = {
  engagement: async (_, { id }, context) => oneById(await context.facts(), 'engagements', id, engagementAt),
  engagements: async (_, { first, after, client, provider }, context) => {
    const { projection, rows } = await askEngagements(context, { client, provider });
    const identity = { list: 'Query.engagements', question: { client, provider }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => engagementAt(projection, i));
  },
} satisfies QueryResolvers;

export const Engagement: EngagementResolvers = {
  id: ({ projection, index }) => projection.engagements.id.get(index),
  client: ({ projection, index }) => organizationAt(projection, projection.engagements.client[index] as number),
  provider: ({ projection, index }) => organizationAt(projection, projection.engagements.provider[index] as number),
  ...resolveOptionalTexts('ENGAGEMENT'),
  startsAt: ({ projection, index }) => toInstant(projection.engagements.startsAt[index] as number),
  endsAt: ({ projection, index }) => toInstant(projection.engagements.endsAt[index] as number),
  noticeHours: ({ projection, index }) => toInstant(projection.engagements.noticeHours[index] as number),
  auditRight: ({ projection, index }) => {
    const right = projection.engagements.auditRight[index];
    return right === 2 ? null : right === 1;
  },
  attributes: async ({ projection, index }, _, context) =>
    tellAttributes(projection, await context.readAttributes('ENGAGEMENT', projection.revision, projection.engagements.id.get(index))),
  provenance: (engagement) => engagement,
};

/** Null: unknown. */
function fragmentsOf({ transfers }: Projection, transfer: number): string[] | null {
  const names = transfers.fragments.namesOf(transfer);
  return names.length === 0 ? null : names;
}

function columnsOf({
  type,
  projection,
}: Exclude<ProvenanceModel, { type: 'Recorded' }>): ProvenanceColumns | TransferColumns['provenance'] {
  switch (type) {
    case 'Organization':
      return projection.organizations.provenance;
    case 'Artifact':
      return projection.artifacts.provenance;
    case 'Transfer':
      return projection.transfers.provenance;
    case 'Access':
      return projection.access.provenance;
    case 'Engagement':
      return projection.engagements.provenance;
    case 'Reveals':
      return projection.reveals.provenance;
    case 'Control':
      return projection.controls.provenance;
  }
}

export const Provenance: ProvenanceResolvers = {
  import: async (fact, _, context) => {
    const id = fact.type === 'Recorded' ? fact.provenance.importId : columnsOf(fact).importId.get(fact.index);
    return id === null ? null : ((await context.findImport(id)) ?? null);
  },
  file: (fact) => (fact.type === 'Recorded' ? fact.provenance.file : columnsOf(fact).file.get(fact.index)),
  line: (fact) => (fact.type === 'Recorded' ? fact.provenance.line : columnsOf(fact).line.at(fact.index) || null),
  assertedBy: (fact) => (fact.type === 'Recorded' ? fact.provenance.assertedBy : (columnsOf(fact).assertedBy.get(fact.index) ?? '')),
  assertedAt: (fact) => (fact.type === 'Recorded' ? fact.provenance.assertedAt : (columnsOf(fact).assertedAt.at(fact.index) as number)),
  source: (fact) => (fact.type === 'Recorded' ? fact.provenance.source : columnsOf(fact).source.get(fact.index)),
};

export const Reveals: RevealsResolvers = {
  artifact: ({ projection, index }) => artifactAt(projection, projection.reveals.artifact[index] as number),
  reveals: ({ projection, index }) => artifactAt(projection, projection.reveals.reveals[index] as number),
  degree: ({ projection, index }) => projection.reveals.degree[index] as number,
  ...resolveOptionalTexts('REVEALS'),
  provenance: (reveals) => reveals,
};

export const transferQueries = {
  transfer: async (_, { id }, context) => oneById(await context.factsWithTransfers([id]), 'transfers', id, transferAt),
  transfers: async (_, { first, after, artifact, sender, recipient }, context) => {
    const { projection, rows } = await askTransfers(context, { artifact, sender, recipient });
    const identity = { list: 'Query.transfers', question: { artifact, sender, recipient }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => transferAt(projection, i));
  },
} satisfies QueryResolvers;

export const Transfer: TransferResolvers = {
  id: ({ projection, index }) => projection.transfers.id.get(index),
  artifact: ({ projection, index }) => artifactAt(projection, projection.transfers.artifact.at(index)),
  sender: ({ projection, index }) => organizationAt(projection, projection.transfers.sender.at(index)),
  recipient: ({ projection, index }) => organizationAt(projection, projection.transfers.recipient.at(index)),
  sentAt: ({ projection, index }) => toInstant(projection.transfers.sentAt.at(index)),
  portion: ({ projection, index }) => projection.transfers.portion.at(index),
  fragments: ({ projection, index }) => fragmentsOf(projection, index),
  form: ({ projection, index }) => copyForms[projection.transfers.form.at(index)] as CopyForm,
  deletionState: ({ projection, index }) => deletionStates[projection.transfers.deletionState.at(index)] as DeletionState,
  deletedAt: ({ projection, index }) => toInstant(projection.transfers.deletedAt.at(index)),
  ...resolveOptionalTexts('TRANSFER'),
  engagement: ({ projection, index }) => {
    const engagement = projection.transfers.engagement.at(index);
    return engagement < 0 ? null : engagementAt(projection, engagement);
  },
  confidence: ({ projection, index }) => projection.transfers.confidence.at(index),
  records: ({ projection, index }) => toInstant(projection.transfers.records.at(index)),
  bytes: ({ projection, index }) => toInstant(projection.transfers.bytes.at(index)),
  provenance: (transfer) => transfer,
  copy: ({ projection, index }) => copyAt(projection, projection.transfers.copy.at(index)),
};
