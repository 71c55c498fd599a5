import { artifactTypes } from '../../../domain/facts.ts';
import { rowOf } from '../../../projection/csr.ts';
import { askArtifacts, askCopiesOf } from '../../../questions/explore/ask-facts.ts';
import type { ArtifactResolvers, ArtifactType, QueryResolvers } from '../../generated/resolvers.ts';
import type { ArtifactModel } from '../../models.ts';
import { artifactAt, copyAt, organizationAt, revealsAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';
import { exposureOf } from '../rankings/artifact-exposures.ts';
import { oneById } from './one-by-id.ts';
import { resolveOptionalTexts } from './optional-texts.ts';

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
  reveals: (artifact, args, context) =>
    context.onWhole(artifact, (a) =>
      pageOfArray(identityOf(a, 'reveals'), args, rowOf(a.projection.artifacts.reveals, a.index), (i) => revealsAt(a.projection, i)),
    ),
  revealedBy: (artifact, args, context) =>
    context.onWhole(artifact, (a) =>
      pageOfArray(identityOf(a, 'revealedBy'), args, rowOf(a.projection.artifacts.revealedBy, a.index), (i) => revealsAt(a.projection, i)),
    ),
  exposure: ({ projection, index }, question, context) => exposureOf(projection, index, question, context),
};
