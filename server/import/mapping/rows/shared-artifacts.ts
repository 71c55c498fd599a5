import { toStableId } from '../../matching/clean-name.ts';
import type { MatchedOrganization } from '../../matching/matching-types.ts';
import type { ColumnMapping, FileMapping, NewArtifacts } from '../mapping-types.ts';
import { isUnknown } from '../values/read-dates.ts';
import type { Values } from './field-places.ts';
import { fieldIndexOf, noValues, put } from './field-places.ts';
import type { ListRules } from './list-rules.ts';
import type { OrganizationFacts } from './organization-facts.ts';
import type { RowOutlets, RowReader } from './row-reader.ts';

const typeIndex = fieldIndexOf('ARTIFACT', 'type');
const sensitivityIndex = fieldIndexOf('ARTIFACT', 'sensitivity');
const bullet = /^\s*(?:[•·▪●○*–—-]|\d{1,2}[.)])\s+/u;

/** Whether a column of a list of engagements names artifacts that the client sends the vendor of its row, as only a person can decide. */
export function isSharedArtifact({ use, kind, field }: Pick<ColumnMapping, 'use' | 'kind' | 'field'>): boolean {
  return use === 'FIELD' && kind === 'TRANSFER' && field === 'artifact';
}

/**
 * Reads the columns of a list of engagements that say what the vendors get. Each line of a cell, and each text between semicolons, is an
 * artifact, and a transfer of unknown time from the client to the vendor.
 */
export class SharedArtifacts {
  readonly #rules: ListRules;
  readonly #organizations: OrganizationFacts;
  readonly #columns: readonly ColumnMapping[];
  readonly #stated = new Set<string>();

  constructor(rules: ListRules, organizations: OrganizationFacts) {
    this.#rules = rules;
    this.#organizations = organizations;
    this.#columns = rules.mapping.kinds.includes('ENGAGEMENT') ? rules.columns.filter(isSharedArtifact) : [];
  }

  /** @param engagement its id */
  read(row: RowReader, client: MatchedOrganization, vendor: MatchedOrganization, engagement: string, outlets: RowOutlets): void {
    for (const { index } of this.#columns) {
      const cell = row.textOf(index).trim();
      if (cell === '') continue;
      const { ledger, mapping } = this.#rules;
      if (isUnknown(cell)) {
        ledger.leave(index, 'says that nothing is known');
        continue;
      }
      const names = [...new Set(cell.split(/[;\n]/).map((part) => part.replace(bullet, '').trim()))].filter((name) => !isUnknown(name));
      if (names.length > 1) ledger.note('SPLIT', index, 'names several artifacts', { text: cell, becomes: names.join(' | ') });
      for (const name of names) {
        const found = outlets.findArtifact(name);
        const artifact = found === undefined && mapping.newArtifacts !== 'REJECT' ? this.#create(name, row, outlets) : found;
        if (artifact !== undefined) {
          this.#send(artifact, row, client, vendor, engagement, outlets);
          ledger.use(index);
        } else if (mapping.newArtifacts === 'REJECT') row.keepAsText(index, cell);
        else ledger.leave(index, 'waits for the type and sensitivity of its artifact');
      }
    }
  }

  #create(name: string, row: RowReader, outlets: RowOutlets): string | undefined {
    const artifact = findNewArtifact(name, row.line, this.#rules, this.#organizations, outlets);
    if (artifact !== undefined && !this.#stated.has(artifact.id)) artifact.state();
    if (artifact !== undefined) this.#stated.add(artifact.id);
    return artifact?.id;
  }

  #send(
    artifact: string,
    row: RowReader,
    client: MatchedOrganization,
    vendor: MatchedOrganization,
    engagement: string,
    outlets: RowOutlets,
  ): void {
    const id = toStableId(`${artifact} > ${client.id} > ${vendor.id}`);
    if (this.#stated.has(`TRANSFER ${id}`)) return;
    this.#stated.add(`TRANSFER ${id}`);
    const values = noValues('TRANSFER');
    put(values, 'TRANSFER', { id, artifact, sender: client.id, recipient: vendor.id, engagement });
    const from = this.#rules.originOf(row.line, outlets);
    outlets.onAssertion({ kind: 'TRANSFER', key: id, isRetraction: false, values, source: outlets.source, ...from });
  }
}

/** An artifact that a row names and nothing describes, as a person decided about those of its list. */
interface NewArtifact {
  readonly id: string;
  /** States the artifact and its owner. A row that states nothing else creates none. */
  readonly state: () => void;
}

export function isCreating(mapping: FileMapping): mapping is FileMapping & { readonly newArtifacts: NewArtifacts } {
  return mapping.newArtifacts !== null && mapping.newArtifacts !== 'REJECT';
}

/** What a row says of its artifact, in columns of its own. */
export interface DescribedArtifact {
  readonly values: Values;
  readonly name: string | undefined;
  readonly owner: MatchedOrganization | null;
}

/**
 * The artifact of a name that nothing describes. What the row says of it counts more than the decision about all artifacts of the list.
 * Undefined: its type, sensitivity or owner is unknown, which becomes a question.
 */
export function findNewArtifact(
  name: string,
  line: number,
  rules: ListRules,
  organizations: OrganizationFacts,
  outlets: RowOutlets,
  described?: DescribedArtifact,
): NewArtifact | undefined {
  const { mapping } = rules;
  const decided = isCreating(mapping) ? mapping.newArtifacts : undefined;
  const values = described?.values ?? noValues('ARTIFACT');
  const type = values[typeIndex] ?? decided?.type;
  const sensitivity = values[sensitivityIndex] ?? decided?.sensitivity;
  const owner = described?.owner ?? (decided === undefined ? null : outlets.parties.find(decided.owner));
  if (type === undefined || sensitivity === undefined || owner === null) {
    rules.unknownArtifacts.add(name);
    return undefined;
  }
  const id = toStableId(name);
  put(values, 'ARTIFACT', { id, name: described?.name ?? name, type, owner: owner.id, sensitivity });
  const state = () => {
    organizations.refer(owner, 'LAB', outlets, line);
    if (described !== undefined) {
      outlets.nameArtifact(id, described.name ?? name);
      outlets.merger.add('ARTIFACT', id, values, new Map(), rules.originOf(line, outlets));
      return;
    }
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
