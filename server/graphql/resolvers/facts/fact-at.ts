import type { FactKind } from '../../../domain/facts.ts';
import type { Projection } from '../../../projection/projection.ts';
import { accessAt, artifactAt, controlAt, engagementAt, organizationAt, revealsAt, transferAt } from '../../models.ts';

/** A fact of any kind as a member of the union `Fact`. */
export function factAt(projection: Projection, kind: FactKind, index: number) {
  switch (kind) {
    case 'ORGANIZATION':
      return organizationAt(projection, index);
    case 'ARTIFACT':
      return artifactAt(projection, index);
    case 'ENGAGEMENT':
      return engagementAt(projection, index);
    case 'TRANSFER':
      return transferAt(projection, index);
    case 'ACCESS':
      return accessAt(projection, index);
    case 'REVEALS':
      return revealsAt(projection, index);
    case 'CONTROL':
      return controlAt(projection, index);
  }
}
