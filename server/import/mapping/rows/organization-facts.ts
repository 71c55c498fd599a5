import type { OrganizationRole } from '../../../domain/facts.ts';
import type { MatchedOrganization } from '../../matching/matching-types.ts';
import { fieldIndexOf, noValues, put, type Values } from './field-places.ts';
import type { ListRules } from './list-rules.ts';
import type { RowOutlets } from './row-reader.ts';

const idAt = fieldIndexOf('ORGANIZATION', 'id');
const nameAt = fieldIndexOf('ORGANIZATION', 'name');
const aliasesAt = fieldIndexOf('ORGANIZATION', 'aliases');
const rolesAt = fieldIndexOf('ORGANIZATION', 'roles');

/** The organizations that the rows of one file state. */
export class OrganizationFacts {
  /** New organizations that rows refer to and no row describes. */
  readonly created = new Set<string>();
  /** Organizations that rows describe. */
  readonly described = new Set<string>();
  /** The client of the whole list; null before the first row is read. */
  clientId: string | null = null;
  readonly #rules: ListRules;

  constructor(rules: ListRules) {
    this.#rules = rules;
  }

  /**
   * Asserts an organization with the details of its row.
   *
   * @param role of a new organization whose row states none
   * @returns whether the row says more than was known
   */
  describe(
    party: MatchedOrganization,
    values: Values,
    texts: ReadonlyMap<string, string>,
    role: OrganizationRole,
    outlets: RowOutlets,
    line: number,
  ): boolean {
    put(values, 'ORGANIZATION', { id: party.id, name: party.name });
    const aliases = [...((values[aliasesAt] as readonly string[] | undefined) ?? []), ...party.newAliases];
    const known = aliases.length === 0 ? [] : outlets.aliasesOf(party.id);
    const all = [...new Set([...known, ...aliases])].filter((alias) => alias !== party.name);
    values[aliasesAt] = all.length === 0 ? undefined : all;
    if (party.isNew && values[rolesAt] === undefined) values[rolesAt] = [role];
    if (!party.isNew && outlets.isDefined(party.id) && texts.size === 0 && isNameOnly(values)) return false;
    return outlets.merger.add('ORGANIZATION', party.id, values, texts, this.#rules.originOf(line, outlets)) !== 'nothing';
  }

  /** Creates an organization that a row refers to. @param texts to keep on it */
  refer(
    party: MatchedOrganization,
    role: OrganizationRole,
    outlets: RowOutlets,
    line: number,
    texts: ReadonlyMap<string, string> = new Map(),
  ): void {
    const isDefined = outlets.isDefined(party.id);
    if (isDefined && party.newAliases.length + texts.size === 0) return;
    if (party.isNew && !isDefined) this.created.add(party.id);
    this.describe(party, noValues('ORGANIZATION'), texts, role, outlets, line);
  }
}

function isNameOnly(values: Values): boolean {
  return values.every((value, field) => value === undefined || field === idAt || field === nameAt);
}
