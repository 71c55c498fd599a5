import type { FieldSpec } from '../../../domain/fact-fields.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind, OrganizationRole } from '../../../domain/facts.ts';
import { pairKey } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { formatInstant } from '../../../domain/instants.ts';
import { hasHidden } from '../../../domain/text/hidden-characters.ts';
import { doRowsAddUp } from '../../../rules/same-id.ts';
import { hasWay, toStableId } from '../../matching/clean-name.ts';
import type { MatchedOrganization } from '../../matching/matching-types.ts';
import { isRemark, readRemark } from '../../matching/remarks.ts';
import { controlsOfCell } from '../column-synonyms.ts';
import type { ColumnMapping } from '../mapping-types.ts';
import { isUnknown } from '../values/read-dates.ts';
import { isEvidence, readAnswer, readEvidence } from '../values/read-values.ts';
import { splitLoosely, splitNames } from '../values/split-names.ts';
import type { Values } from './field-places.ts';
import { evidenceOfAYes, fieldIndexOf, noValues, put } from './field-places.ts';
import type { ListRules } from './list-rules.ts';
import type { OrganizationFacts } from './organization-facts.ts';
import { isNamedBy } from './organization-rows.ts';
import type { RowOutlets, RowReader, RowResult } from './row-reader.ts';
import { type DescribedArtifact, findNewArtifact, isCreating } from './shared-artifacts.ts';

const noTexts: ReadonlyMap<string, string> = new Map();
const expiresAtIndex = fieldIndexOf('CONTROL', 'expiresAt');
const dayMs = 86_400_000;
const deletionStateIndex = fieldIndexOf('TRANSFER', 'deletionState');
const validFromIndex = fieldIndexOf('ACCESS', 'validFrom');
const recipientIndex = fieldIndexOf('TRANSFER', 'recipient');
const recipientSpec = factFields.TRANSFER[recipientIndex] as FieldSpec;
const deletedAtIndex = fieldIndexOf('TRANSFER', 'deletedAt');

interface StatedTransfer {
  readonly key: string;
  readonly values: Values;
}

/** Reads rows of which each states one fact: an artifact, a transfer, an access, a Reveals or a control. */
export class SingleFactRows {
  readonly #kind: FactKind;
  readonly #rules: ListRules;
  readonly #organizations: OrganizationFacts;
  /** Whether the row names an artifact that waits for a decision. */
  #isUnknownArtifact = false;
  /** The organizations and artifacts that the row states beside its fact. A row that states nothing creates none. */
  readonly #beside: (() => void)[] = [];
  /** The artifacts that rows of a list with columns about them create. */
  readonly #made = new Set<string>();
  /** By the id of an organization that rows name: `#isOwner`. */
  readonly #owners = new Map<string, boolean>();
  /** The column of recipients. */
  readonly #recipients: ColumnMapping | undefined;
  /** The names in a cell of recipients, by cell. Nobody could take a plain cell for several. */
  readonly #recipientsOf = new Map<string, { readonly names: readonly string[]; readonly isPlain: boolean }>();

  constructor(rules: ListRules, organizations: OrganizationFacts) {
    this.#kind = rules.mapping.kinds[0] as FactKind;
    this.#rules = rules;
    this.#organizations = organizations;
    this.#recipients = this.#kind === 'TRANSFER' ? rules.columnOf('TRANSFER', 'recipient') : undefined;
  }

  /** The organizations that a cell names. Each of several recipients got a copy. Any other cell names one. */
  namesIn(column: ColumnMapping, cell: string): readonly string[] {
    if (this.#rules.onward.includes(column)) return this.#rules.namesIn(column.index, cell);
    return column === this.#recipients ? this.#readRecipients(column, cell).names : [cell.trim()];
  }

  #readRecipients({ index }: ColumnMapping, cell: string) {
    return getOrInsert(this.#recipientsOf, cell, () => ({
      names: this.#rules.namesIn(index, cell),
      isPlain: splitNames(cell).length < 2 && splitLoosely(cell).length < 2 && !hasWay(cell),
    }));
  }

  read(row: RowReader, outlets: RowOutlets): RowResult {
    const kind = this.#kind;
    this.#isUnknownArtifact = false;
    this.#beside.length = 0;
    const { mapping, partyColumns } = this.#rules;
    const isRemarked = (cell: string) =>
      this.#rules.explain(outlets.parties.cutOf(cell)).texts.some((text) => readRemark(text) !== undefined);
    if (mapping.remarks === 'LEAVE_OUT' && partyColumns.some(({ index }) => isRemarked(row.text(index))))
      return { leftOut: 'has a remark beside a name, and such rows are left out' };
    const values = row.valuesOf(kind);
    if (row.deletedBefore !== undefined) values[deletedAtIndex] ??= row.deletedBefore;
    // A day of deletion attests the deletion, unless that day is yet to come.
    const deletedAt = kind === 'TRANSFER' ? values[deletedAtIndex] : undefined;
    if (typeof deletedAt === 'number' && deletedAt <= outlets.assertedAt + dayMs) values[deletionStateIndex] ??= 'ATTESTED';
    for (const [index, spec] of factFields[kind].entries()) {
      if (spec.type !== 'reference') continue;
      const column = this.#rules.columnOf(kind, spec.name);
      const named = spec.to === 'ORGANIZATION' ? this.#readOrganization(spec, row, outlets) : this.#readName(spec, row, outlets);
      if (named === undefined && (spec.to === 'ARTIFACT' || (spec.to === 'ORGANIZATION' && spec.isRequired)))
        return { leftOut: `names no ${spec.name}` };
      values[index] = named;
      if (column !== undefined && named === undefined) this.#rules.ledger.leave(column.index, 'says that nothing is known');
      else if (column !== undefined) this.#rules.ledger.use(column.index);
    }
    for (const { index, use } of this.#rules.columns)
      if (use === 'ATTRIBUTE' || use === 'CONTROL')
        this.#rules.ledger.leave(index, 'is kept as text, and the facts of this list keep none');
    if (this.#isUnknownArtifact) {
      this.#stateBeside();
      return { leftOut: 'waits for the type and sensitivity of its artifact' };
    }
    const missed = kind === 'CONTROL' ? this.#findLack(row) : undefined;
    if (missed !== undefined) return { leftOut: missed };
    const key = this.#keyOf(values, row);
    if (key === undefined) return { leftOut: `names no ${kind.toLowerCase()}` };
    const missing = factFields[kind].find((spec, index) => spec.isRequired && values[index] === undefined);
    if (missing !== undefined && row.isWaiting) {
      this.#stateBeside();
      return { leftOut: 'waits for the meaning of a value' };
    }
    if (missing !== undefined) {
      const message = `The ${missing.column} is missing. Every ${kind.toLowerCase()} needs one: map a column to it, or fill the cell.`;
      const { file } = this.#rules;
      outlets.onRejection({ file, line: row.line, column: missing.column, code: 'MISSING_VALUE', message, value: null });
      return 'rejected';
    }
    const others = this.#otherCopies(values, row, outlets);
    const copies = kind === 'TRANSFER' ? [...others, ...this.#onwardCopies(values, row, others.length > 0, outlets)] : others;
    this.#stateBeside();
    this.#keepFootnotes(row, outlets);
    if (kind === 'CONTROL') this.#countExpired(values, outlets.assertedAt);
    const from = this.#rules.originOf(row.line, outlets);
    const controls = kind === 'CONTROL' ? this.#otherControls(values, row) : [];
    for (const { key: own, values: stated } of controls) outlets.merger.add(kind, own, stated, new Map(), from);
    if (doRowsAddUp(kind)) return outlets.merger.add(kind, key, values, new Map(), from) === 'nothing' ? 'repeated' : 'used';
    for (const stated of [{ key, values }, ...copies])
      outlets.onAssertion({ kind, ...stated, isRetraction: false, source: outlets.source, ...from });
    return 'used';
  }

  /** Why a row is no evidence: its control is "none" or "in progress", or its expiry says "expired" without a date. */
  #findLack(row: RowReader): string | undefined {
    const control = this.#rules.columnOf('CONTROL', 'control');
    const text = this.#undecidedText(row, control);
    if (text !== '' && controlsOfCell(text).length === 0 && isEvidence(text) === false) return 'says that there is no evidence';
    const expiry = this.#undecidedText(row, this.#rules.columnOf('CONTROL', 'expiresAt'));
    const says = expiry === '' ? undefined : readRemark(expiry);
    const isOver = says?.says === 'END' && says.date === undefined && (isRemark(expiry) || isEvidence(expiry) === false);
    return isOver ? 'says that its evidence has ended' : undefined;
  }

  /** The text of a cell of which no person decided the meaning. */
  #undecidedText(row: RowReader, column: ColumnMapping | undefined): string {
    const text = column === undefined ? '' : row.textOf(column.index).trim();
    return column === undefined || this.#rules.meaningOf(column.index, text) !== undefined ? '' : text;
  }

  /** The other controls of a cell that names several: each has the row's evidence. The first one is in `values` then. */
  #otherControls(values: Values, row: RowReader): { readonly key: string; readonly values: Values }[] {
    const column = this.#rules.columnOf('CONTROL', 'control');
    const cell = column === undefined ? '' : row.textOf(column.index);
    const [first, ...others] = controlsOfCell(cell);
    if (column === undefined || others.length === 0 || values[fieldIndexOf('CONTROL', 'control')] !== first) return [];
    this.#rules.ledger.note('SPLIT', column.index, 'names several controls', { text: cell, becomes: [first, ...others].join(' | ') });
    return others.map((control) => {
      const stated = [...values];
      put(stated, 'CONTROL', { control });
      return { key: pairKey(values[fieldIndexOf('CONTROL', 'organization')] as string, control), values: stated };
    });
  }

  /** The transfers to the other recipients of a cell that names several. The first one is in `values` then. */
  #otherCopies(values: Values, row: RowReader, outlets: RowOutlets): readonly StatedTransfer[] {
    const column = this.#recipients;
    if (column === undefined) return [];
    const cell = row.text(column.index);
    const { names, isPlain } = this.#readRecipients(column, cell);
    if (isPlain) return [];
    this.#rules.noteNames(column.index, cell, names);
    // Two names of a cell may mean one organization.
    const told = new Set([values[recipientIndex]]);
    return names.slice(1).flatMap((name) => {
      const recipient = this.#refer(recipientSpec, name, column.index, false, row, outlets);
      if (recipient === undefined || told.has(recipient)) return [];
      told.add(recipient);
      const stated = [...values];
      put(stated, 'TRANSFER', { recipient });
      return [this.#numberBeside(stated, recipient, values, row)];
    });
  }

  /** The transfers from the recipient of a row to whom it passed its copy on, on a day that nobody states. */
  #onwardCopies(values: Values, row: RowReader, isSeveral: boolean, outlets: RowOutlets): readonly StatedTransfer[] {
    const { ledger, onward } = this.#rules;
    return onward.flatMap(({ index }) => {
      const cell = row.text(index).trim();
      if (cell === '' || isUnknown(cell) || typeof readAnswer(cell) === 'boolean' || isSeveral) {
        ledger.leave(index, isSeveral ? 'names whom one of several recipients passed its copy on to' : 'names nobody');
        return [];
      }
      const names = this.#rules.namesIn(index, cell);
      this.#rules.noteNames(index, cell, names);
      return names.flatMap((name) => {
        const recipient = this.#refer(recipientSpec, name, index, false, row, outlets);
        if (recipient === undefined || recipient === values[recipientIndex]) {
          ledger.leave(index, recipient === undefined ? 'names an organization that is left out' : 'names the recipient of its row');
          return [];
        }
        const stated = noValues('TRANSFER');
        put(stated, 'TRANSFER', {
          artifact: values[fieldIndexOf('TRANSFER', 'artifact')] as string,
          sender: values[recipientIndex] as string,
          recipient,
        });
        ledger.use(index);
        ledger.note('REPAIRED', index, 'is a transfer of its own, from the recipient of the row, on an unknown day', {
          text: cell,
          becomes: recipient,
        });
        return [this.#numberBeside(stated, recipient, values, row)];
      });
    });
  }

  /** Gives an id to a transfer that a row states beside its own: in a list with ids, one that is made of the row's id. */
  #numberBeside(stated: Values, recipient: string, own: Values, row: RowReader): StatedTransfer {
    const isNumbered = this.#rules.columnOf('TRANSFER', 'id') !== undefined;
    const key = isNumbered ? toStableId(`${own[fieldIndexOf('TRANSFER', 'id')]} > ${recipient}`) : idOfTransfer(stated, row);
    put(stated, 'TRANSFER', { id: key });
    return { key, values: stated };
  }

  #stateBeside(): void {
    for (const state of this.#beside.splice(0)) state();
  }

  #countExpired(values: Values, assertedAt: number): void {
    const expiresAt = values[expiresAtIndex];
    if (typeof expiresAt !== 'number' || expiresAt > assertedAt) return;
    const { expired } = this.#rules;
    if (expired.count++ > 0) return;
    const [organization, control] = ['organization', 'control'].map((name) => values[fieldIndexOf('CONTROL', name)]);
    expired.first = `${control} of ${organization}, valid until ${formatInstant(expiresAt - 1).slice(0, 10)}`;
  }

  /** Keeps the footnotes of the row's cells on the last organization that every such fact names, because the fact keeps no text. */
  #keepFootnotes(row: RowReader, outlets: RowOutlets): void {
    const texts = row.footnoteTexts();
    if (texts.size === 0) return;
    const spec = factFields[this.#kind].findLast((one) => one.type === 'reference' && one.isRequired && one.to === 'ORGANIZATION');
    const column = spec === undefined ? undefined : this.#rules.columnOf(this.#kind, spec.name);
    const [name = ''] = column === undefined ? [this.#rules.mapping.client?.name] : this.namesIn(column, row.text(column.index));
    const party = outlets.parties.find(name);
    if (spec === undefined || party === null)
      row.noteFootnotes('REPAIRED', 'has a footnote that nothing can keep, and is read without its mark');
    else {
      row.noteFootnotes('REMARK', 'has a footnote');
      this.#organizations.refer(party, this.#roleOf(spec, column === undefined), outlets, row.line, texts);
    }
  }

  /** The id of an organization that the row names. Without a column for it, the list's client is the sender, the owner or the grantor. */
  #readOrganization(spec: FieldSpec, row: RowReader, outlets: RowOutlets): string | undefined {
    const { client } = this.#rules.mapping;
    const column = this.#rules.columnOf(this.#kind, spec.name);
    const isClient = column === undefined && (spec.name === 'sender' || spec.name === 'owner' || spec.name === 'grantor');
    const [cell = ''] = column === undefined ? [] : this.namesIn(column, row.text(column.index));
    const id = this.#refer(spec, isClient ? (client?.name ?? '') : cell, column?.index, isClient, row, outlets);
    if (isClient && id !== undefined) this.#organizations.clientId = id;
    return id;
  }

  /**
   * The id of the organization that a text names. The row states it beside its fact.
   *
   * @param index the column of the text
   */
  #refer(
    spec: FieldSpec,
    text: string,
    index: number | undefined,
    isClient: boolean,
    row: RowReader,
    outlets: RowOutlets,
  ): string | undefined {
    const party = isUnknown(text) ? null : outlets.parties.find(text);
    if (party === null) return undefined;
    const state = () => {
      const texts = this.#readTexts(row, index, text, outlets);
      this.#organizations.refer(party, this.#roleOf(spec, isClient || this.#isOwner(party)), outlets, row.line, texts);
    };
    this.#beside.push(state);
    return party.id;
  }

  /** Whether an organization owns the list, or artifacts that it creates. */
  #isOwner(party: MatchedOrganization): boolean {
    const { mapping } = this.#rules;
    return getOrInsert(this.#owners, party.id, () =>
      [mapping.client?.name, isCreating(mapping) ? mapping.newArtifacts.owner : undefined, ...this.#rules.owners].some(
        (owner) => owner !== undefined && owner !== '' && isNamedBy(party, owner),
      ),
    );
  }

  /** The texts beside the name of an organization, which keeps them because the fact of the row keeps none. */
  #readTexts(row: RowReader, index: number | undefined, cell: string, { parties }: RowOutlets): ReadonlyMap<string, string> {
    const cut = index === undefined ? [] : parties.cutOf(cell);
    if (index === undefined || cut.length === 0) return noTexts;
    const texts = this.#rules.textsBeside(index, row.text(index), cell, cut);
    for (const text of texts) if (readRemark(text) !== undefined) this.#rules.countRemark(text, false, row.line);
    row.keepBeside(index, texts);
    return row.textsBeside(index);
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
    const cell = column === undefined ? '' : row.textOf(column.index).trim();
    if (column === undefined || cell === '') return undefined;
    const found = outlets.findArtifact(cell);
    if (found !== undefined && isArtifact(spec) && !this.#isDescribed(found)) return found;
    const visible = hasHidden(cell) ? this.#rules.visibleText(column.index, cell, row.line) : cell;
    if (!isArtifact(spec)) return visible;
    const known = outlets.findArtifact(visible);
    return known === undefined || this.#isDescribed(known) ? this.#createArtifact(visible, row, outlets) : known;
  }

  /** Whether a list with columns about its artifacts created this one: further rows describe it too. */
  #isDescribed(artifact: string): boolean {
    return this.#made.has(artifact);
  }

  /** An artifact that nothing describes is created as decided. Undecided, or in a list that is none of custody, it keeps its name as id. */
  #createArtifact(called: string, row: RowReader, outlets: RowOutlets): string {
    if (this.#kind !== 'TRANSFER' || this.#rules.mapping.newArtifacts === 'REJECT') return called;
    const described = this.#rules.artifactColumns.length === 0 ? undefined : this.#readArtifact(row, outlets);
    const artifact = findNewArtifact(called, row.line, this.#rules, this.#organizations, outlets, described);
    if (artifact === undefined) this.#isUnknownArtifact = true;
    else this.#beside.push(artifact.state);
    if (artifact !== undefined && described !== undefined) this.#made.add(artifact.id);
    return artifact?.id ?? called;
  }

  /** The row's own words about its artifact. */
  #readArtifact(row: RowReader, outlets: RowOutlets): DescribedArtifact {
    const values = row.valuesOf('ARTIFACT', true);
    const { ledger } = this.#rules;
    const text = (field: string) => {
      const index = this.#rules.columnOf('ARTIFACT', field)?.index;
      const cell = index === undefined ? '' : row.textOf(index).trim();
      if (index === undefined || isUnknown(cell)) return undefined;
      ledger.use(index);
      return cell;
    };
    const owner = text('owner');
    return { values, name: text('name'), owner: owner === undefined ? null : outlets.parties.find(owner) };
  }

  /** The key of the row's fact, for which a row without an id gets one from its main values. */
  #keyOf(values: Values, row: RowReader): string | undefined {
    const kind = this.#kind;
    const say = (name: string) => values[fieldIndexOf(kind, name)];
    if (kind === 'CONTROL') {
      const column = this.#rules.columnOf('CONTROL', 'control');
      const cell = column === undefined ? '' : row.textOf(column.index);
      const [first] = controlsOfCell(cell);
      if (first !== undefined && say('control') === cell.trim()) put(values, kind, { control: first });
      const stated = column === undefined ? undefined : (readEvidence(cell) ?? readEvidence(column.column));
      if (say('evidenceType') === undefined) put(values, kind, { evidenceType: stated ?? evidenceOfAYes });
      return say('control') === undefined ? undefined : pairKey(say('organization') as string, say('control') as string);
    }
    if (kind === 'REVEALS') return pairKey(say('artifact') as string, say('reveals') as string);
    if (typeof say('id') === 'string') return say('id') as string;
    // A list without a column of grantors names the systems of one organization, and each may be open from another day on.
    const hasGrantors = this.#rules.columnOf('ACCESS', 'grantor') !== undefined;
    const parts =
      kind === 'ARTIFACT'
        ? [say('name')]
        : kind === 'TRANSFER'
          ? [idOfTransfer(values, row)]
          : [say('grantee'), say('grantor'), say('kind'), hasGrantors ? undefined : row.dayOf(values[validFromIndex])];
    if (parts[0] === undefined) return undefined;
    const id = toStableId(parts.filter((part) => part !== undefined).join(' > '));
    put(values, kind, { id });
    return id;
  }
}

/** The id of a transfer whose list numbers none. */
function idOfTransfer(values: Values, row: RowReader): string {
  const say = (name: string) => values[fieldIndexOf('TRANSFER', name)];
  const parts = [say('artifact'), say('sender'), say('recipient'), row.dayOf(say('sentAt'))];
  return toStableId(parts.filter((part) => part !== undefined).join(' > '));
}

function isArtifact(spec: FieldSpec): boolean {
  return spec.type === 'reference' && spec.to === 'ARTIFACT';
}
