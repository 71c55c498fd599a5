import type { RevealsResolvers } from '../../generated/resolvers.ts';
import { artifactAt } from '../../models.ts';
import { resolveOptionalTexts } from './optional-texts.ts';

export const Reveals: RevealsResolvers = {
  artifact: ({ projection, index }) => artifactAt(projection, projection.reveals.artifact[index] as number),
  reveals: ({ projection, index }) => artifactAt(projection, projection.reveals.reveals[index] as number),
  degree: ({ projection, index }) => projection.reveals.degree[index] as number,
  ...resolveOptionalTexts('REVEALS'),
  provenance: (reveals) => reveals,
};
