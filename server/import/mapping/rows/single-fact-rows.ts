import type { FieldSpec } from '../../../domain/fact-fields.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind, OrganizationRole } from '../../../domain/facts.ts';
import { pairKey } from '../../../domain/facts.ts';
import { hasHidden } from '../../../domain/names/hidden-characters.ts';
import { toStableId } from '../../matching/stable-id.ts';
import { isUnknown } from '../values/read-dates.ts';
import { evidenceOfAYes, fieldIndexOf, put, type Values } from './field-places.ts';
import type { ListRules } from './list-rules.ts';
import type { OrganizationFacts } from './organization-facts.ts';
import type { RowOutlets, RowResult } from './row-outlets.ts';
import type { RowReader } from './row-reader.ts';

/** Reads rows of which each states one fact: an artifact, a transfer, an access, a Reveals or a control. */
export class SingleFactRows {
  readonly #kind: FactKind;
  readonly #rules: ListRules;
  readonly #organizations: OrganizationFacts;

  constructor(rules: ListRules, organizations: OrganizationFacts) {
    this.#kind = rules.mapping.kinds[0] as FactKind;
    this.#rules = rules;
    this.#organizations = organizations;
  }

  read(row: RowReader, outlets: RowOutlets): RowResult {
    const kind = this.#kind;
    const values = row.valuesOf(kind);
    for (const [index, spec] of factFields[kind].entries()) {
      if (spec.type !== 'reference') continue;
      const named = spec.to === 'ORGANIZATION' ? this.#readOrganization(spec, row, outlets) : this.#readName(spec, row, outlets);
      if (named === undefined && (spec.to === 'ARTIFACT' || (spec.to === 'ORGANIZATION' && spec.isRequired)))
        return { leftOut: `names no ${spec.name}` };
      values[index] = named;
    }
    const key = this.#keyOf(values, row);
    if (key === undefined) return { leftOut: `names no ${kind.toLowerCase()}` };
    const missing = factFields[kind].find((spec, index) => spec.isRequired && values[index] === undefined);
    if (missing !== undefined && row.isWaiting) return { leftOut: 'waits for the meaning of a value' };
    if (missing !== undefined) {
      const message = `The ${missing.column} is not said. Every ${kind.toLowerCase()} needs one: map a column to it, or fill the cell.`;
      const { file } = this.#rules;
      outlets.onRejection({ file, line: row.line, column: missing.column, code: 'MISSING_VALUE', message, value: null });
      return 'rejected';
    }
    const from = this.#rules.originOf(row.line, outlets);
    // A list may state one control twice.
    if (kind === 'CONTROL') return outlets.merger.add(kind, key, values, new Map(), from) === 'nothing' ? 'repeated' : 'used';
    outlets.onAssertion({ kind, key, isRetraction: false, values, source: outlets.source, ...from });
    return 'used';
  }

  /** The id of an organization that the row names. Without a column for it, the list's client is the sender or the owner. */
  #readOrganization(spec: FieldSpec, row: RowReader, outlets: RowOutlets): string | undefined {
    const { client } = this.#rules.mapping;
    const column = this.#rules.columnOf(this.#kind, spec.name);
    const isClient = column === undefined && (spec.name === 'sender' || spec.name === 'owner');
    const cell = column === undefined ? '' : row.text(column.index).trim();
    const text = isClient ? (client?.name ?? '') : cell;
    const party = isUnknown(text) ? null : outlets.parties.find(text);
    if (party === null) return undefined;
    this.#organizations.refer(party, this.#roleOf(spec, isClient), outlets, row.line);
    if (isClient) this.#organizations.clientId = party.id;
    return party.id;
  }

  #roleOf(spec: FieldSpec, isClient: boolean): OrganizationRole {
    const { client, defaultRole } = this.#rules.mapping;
    if (spec.name === 'owner') return 'LAB';
    if (isClient) return client?.role ?? 'LAB';
    return spec.name === 'issuer' ? 'CERTIFIER' : defaultRole;
  }

  /** The id of anything but an organization; undefined for an empty cell. */
  #readName(spec: FieldSpec, row: RowReader, outlets: RowOutlets): string | undefined {
    const column = this.#rules.columnOf(this.#kind, spec.name);
    const cell = column === undefined ? '' : row.text(column.index).trim();
    if (column === undefined || cell === '') return undefined;
    const found = outlets.findArtifact(cell);
    if (found !== undefined && isArtifact(spec)) return found;
    const visible = hasHidden(cell) ? this.#rules.visibleText(column.index, cell, row.line) : cell;
    return isArtifact(spec) ? (outlets.findArtifact(visible) ?? visible) : visible;
  }

  /** The key of the row's fact, for which a row without an id gets one from its main values. */
  #keyOf(values: Values, row: RowReader): string | undefined {
    const kind = this.#kind;
    const say = (name: string) => values[fieldIndexOf(kind, name)];
    if (kind === 'CONTROL') {
      if (say('evidenceType') === undefined) put(values, kind, { evidenceType: evidenceOfAYes });
      return say('control') === undefined ? undefined : pairKey(say('organization') as string, say('control') as string);
    }
    if (kind === 'REVEALS') return pairKey(say('artifact') as string, say('reveals') as string);
    if (typeof say('id') === 'string') return say('id') as string;
    const parts =
      kind === 'ARTIFACT'
        ? [say('name')]
        : kind === 'TRANSFER'
          ? [say('artifact'), say('sender'), say('recipient'), row.dayOf(say('sentAt'))]
          : [say('grantee'), say('grantor'), say('kind')];
    if (parts[0] === undefined) return undefined;
    const id = toStableId(parts.filter((part) => part !== undefined).join(' > '));
    put(values, kind, { id });
    return id;
  }
}

function isArtifact(spec: FieldSpec): boolean {
  return spec.type === 'reference' && spec.to === 'ARTIFACT';
}
