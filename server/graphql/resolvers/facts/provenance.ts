import type { ProvenanceColumns } from '../../../projection/projection.ts';
import type { ProvenanceResolvers } from '../../generated/resolvers.ts';
import type { ProvenanceModel } from '../../models.ts';

function columnsOf({ type, projection }: ProvenanceModel): ProvenanceColumns {
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
    const id = columnsOf(fact).importId.get(fact.index);
    return id === null ? null : ((await context.findImport(id)) ?? null);
  },
  file: (fact) => columnsOf(fact).file.get(fact.index),
  line: (fact) => columnsOf(fact).line[fact.index] || null,
  assertedBy: (fact) => columnsOf(fact).assertedBy.get(fact.index) ?? '',
  assertedAt: (fact) => columnsOf(fact).assertedAt[fact.index] as number,
  source: (fact) => columnsOf(fact).source.get(fact.index),
};
