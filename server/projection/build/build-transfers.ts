import type { RecordedFact } from '../../domain/assertions.ts';
import { type NumberField, numberFields, type OptionalText, optionalTexts } from '../../domain/fact-fields.ts';
import { copyForms, deletionStates } from '../../domain/facts.ts';
import { type CodeColumn, Interner } from '../columns/code-column.ts';
import { NumberBuilder, sharedFloat64, sharedInt32, sharedUint8, sharedUint32 } from '../columns/shared-memory.ts';
import { TextBuilder } from '../columns/text-column.ts';
import type { TransferTable } from '../part.ts';
import { none } from '../projection.ts';
import { checkOrder, type IdIndex, ProvenanceBuilder, place, References, RepeatingColumn } from './fill-columns.ts';

const at = {
  artifact: place('TRANSFER', 'artifact'),
  sender: place('TRANSFER', 'sender'),
  recipient: place('TRANSFER', 'recipient'),
  fragments: place('TRANSFER', 'fragments'),
  form: place('TRANSFER', 'form'),
  deletionState: place('TRANSFER', 'deletionState'),
  engagement: place('TRANSFER', 'engagement'),
};

/** Turns transfers into columns one by one, so that their objects can be collected. The indexes that it is given are lasting numbers. */
export class TransferBuilder {
  readonly #organizations = new References();
  readonly #artifacts = new References();
  readonly #engagements = new References();
  readonly #ids = new TextBuilder();
  #lastId: string | undefined;
  readonly #artifact = new NumberBuilder(sharedInt32);
  readonly #sender = new NumberBuilder(sharedInt32);
  readonly #recipient = new NumberBuilder(sharedInt32);
  readonly #form = new NumberBuilder(sharedUint8);
  readonly #deletionState = new NumberBuilder(sharedUint8);
  readonly #numbers = numberFields('TRANSFER').map((name) => {
    return { name, at: place('TRANSFER', name), column: new NumberBuilder(sharedFloat64) };
  });
  readonly #texts = optionalTexts('TRANSFER').map((name) => ({ name, at: place('TRANSFER', name), column: new RepeatingColumn() }));
  readonly #engagement = new NumberBuilder(sharedInt32);
  readonly #fragmentOffsets = new NumberBuilder(sharedUint32);
  readonly #fragments = new NumberBuilder(sharedInt32);
  readonly #fragmentNames = new Interner();
  readonly #provenance = new ProvenanceBuilder();

  constructor() {
    this.#fragmentOffsets.push(0);
  }

  add(fact: RecordedFact, organizations: IdIndex, artifacts: IdIndex, engagements: IdIndex): void {
    const { key, values } = fact;
    checkOrder('TRANSFER', this.#lastId, key);
    this.#lastId = key;
    this.#ids.push(key);
    this.#artifact.push(this.#artifacts.get(artifacts, values[at.artifact] as string, key));
    this.#sender.push(this.#organizations.get(organizations, values[at.sender] as string, key));
    this.#recipient.push(this.#organizations.get(organizations, values[at.recipient] as string, key));
    this.#form.push(copyForms.indexOf(values[at.form] as (typeof copyForms)[number]));
    this.#deletionState.push(deletionStates.indexOf(values[at.deletionState] as (typeof deletionStates)[number]));
    for (const { at: field, column } of this.#numbers) column.push((values[field] as number | null) ?? Number.NaN);
    for (const { at: field, column } of this.#texts) column.push(values[field] as string | null);
    const engagement = values[at.engagement] as string | null;
    this.#engagement.push(engagement === null ? none : this.#engagements.get(engagements, engagement, key));
    const names = values[at.fragments] as readonly string[] | null;
    if (names !== null) for (const name of names) this.#fragments.push(this.#fragmentNames.code(name));
    this.#fragmentOffsets.push(this.#fragments.length);
    this.#provenance.add(fact);
  }

  build(): TransferTable {
    return {
      provenance: this.#provenance.build(),
      id: this.#ids.build(false),
      artifact: this.#artifact.build(),
      sender: this.#sender.build(),
      recipient: this.#recipient.build(),
      form: this.#form.build(),
      deletionState: this.#deletionState.build(),
      engagement: this.#engagement.build(),
      fragments: { offsets: this.#fragmentOffsets.build(), values: this.#fragments.build() },
      fragmentNames: this.#fragmentNames.texts(),
      ...(Object.fromEntries(this.#numbers.map(({ name, column }) => [name, column.build()])) as Record<
        NumberField<'TRANSFER'>,
        Float64Array
      >),
      ...(Object.fromEntries(this.#texts.map(({ name, column }) => [name, column.build()])) as Record<
        OptionalText<'TRANSFER'>,
        CodeColumn
      >),
    };
  }
}
