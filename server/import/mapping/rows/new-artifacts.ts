import { toStableId } from '../../matching/stable-id.ts';
import type { FileMapping, NewArtifacts } from '../mapping-types.ts';
import { noValues, put } from './field-places.ts';
import type { ListRules } from './list-rules.ts';
import type { OrganizationFacts } from './organization-facts.ts';
import type { RowOutlets } from './row-outlets.ts';

/** An artifact that a row names and nothing describes, as a person decided about those of its list. */
export interface NewArtifact {
  readonly id: string;
  /** States the artifact and its owner. A row that states nothing else creates none. */
  readonly state: () => void;
}

export function isCreating(mapping: FileMapping): mapping is FileMapping & { readonly newArtifacts: NewArtifacts } {
  return mapping.newArtifacts !== null && mapping.newArtifacts !== 'REJECT';
}

/** The artifact of a name that nothing describes. Undefined: nobody decided about such artifacts yet, which becomes a question. */
export function findNewArtifact(
  name: string,
  line: number,
  rules: ListRules,
  organizations: OrganizationFacts,
  outlets: RowOutlets,
): NewArtifact | undefined {
  const { mapping } = rules;
  const owner = isCreating(mapping) ? outlets.parties.find(mapping.newArtifacts.owner) : null;
  if (!isCreating(mapping) || owner === null) {
    rules.unknownArtifacts.add(name);
    return undefined;
  }
  const { type, sensitivity } = mapping.newArtifacts;
  const id = toStableId(name);
  const values = noValues('ARTIFACT');
  put(values, 'ARTIFACT', { id, name, type, owner: owner.id, sensitivity });
  const state = () => {
    organizations.refer(owner, 'LAB', outlets, line);
    outlets.onAssertion({
      kind: 'ARTIFACT',
      key: id,
      isRetraction: false,
      values,
      source: outlets.source,
      ...rules.originOf(line, outlets),
    });
  };
  return { id, state };
}
