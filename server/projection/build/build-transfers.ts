import type { RecordedFact } from '../../domain/assertions.ts';
import { copyForms, deletionStates } from '../../domain/facts.ts';
import { Interner } from '../columns/code-column.ts';
import { NumberBuilder } from '../columns/number-builder.ts';
import { sharedFloat64, sharedInt32, sharedUint8, sharedUint32 } from '../columns/shared-memory.ts';
import { TextBuilder } from '../columns/text-column.ts';
import type { Csr } from '../csr.ts';
import { none } from '../projection.ts';
import { checkOrder, type IdIndex, ProvenanceBuilder, place, References, RepeatingColumn } from './fill-columns.ts';

const at = {
  artifact: place('TRANSFER', 'artifact'),
  sender: place('TRANSFER', 'sender'),
  recipient: place('TRANSFER', 'recipient'),
  sentAt: place('TRANSFER', 'sentAt'),
  portion: place('TRANSFER', 'portion'),
  fragments: place('TRANSFER', 'fragments'),
  form: place('TRANSFER', 'form'),
  deletionState: place('TRANSFER', 'deletionState'),
  deletedAt: place('TRANSFER', 'deletedAt'),
  channel: place('TRANSFER', 'channel'),
  engagement: place('TRANSFER', 'engagement'),
  confidence: place('TRANSFER', 'confidence'),
  records: place('TRANSFER', 'records'),
  bytes: place('TRANSFER', 'bytes'),
};

/** Turns transfers into columns one by one, so that their objects can be collected. */
export class TransferBuilder {
  readonly #organizations = new References();
  readonly #artifacts = new References();
  readonly #engagements = new References();
  readonly #ids = new TextBuilder();
  #count = 0;
  #lastId: string | undefined;
  readonly #isLive = new NumberBuilder(sharedUint8);
  readonly #artifact = new NumberBuilder(sharedInt32);
  readonly #sender = new NumberBuilder(sharedInt32);
  readonly #recipient = new NumberBuilder(sharedInt32);
  readonly #sentAt = new NumberBuilder(sharedFloat64);
  readonly #portion = new NumberBuilder(sharedFloat64);
  readonly #form = new NumberBuilder(sharedUint8);
  readonly #deletionState = new NumberBuilder(sharedUint8);
  readonly #deletedAt = new NumberBuilder(sharedFloat64);
  readonly #channel = new RepeatingColumn();
  readonly #engagement = new NumberBuilder(sharedInt32);
  readonly #confidence = new NumberBuilder(sharedFloat64);
  readonly #records = new NumberBuilder(sharedFloat64);
  readonly #bytes = new NumberBuilder(sharedFloat64);
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
    this.#count++;
    this.#isLive.push(1);
    this.#ids.push(key);
    this.#artifact.push(this.#artifacts.get(artifacts, values[at.artifact] as string, key));
    this.#sender.push(this.#organizations.get(organizations, values[at.sender] as string, key));
    this.#recipient.push(this.#organizations.get(organizations, values[at.recipient] as string, key));
    this.#sentAt.push((values[at.sentAt] as number | null) ?? Number.NaN);
    this.#portion.push(values[at.portion] as number);
    this.#form.push(copyForms.indexOf(values[at.form] as (typeof copyForms)[number]));
    this.#deletionState.push(deletionStates.indexOf(values[at.deletionState] as (typeof deletionStates)[number]));
    this.#deletedAt.push((values[at.deletedAt] as number | null) ?? Number.NaN);
    this.#channel.push(values[at.channel] as string | null);
    const engagement = values[at.engagement] as string | null;
    this.#engagement.push(engagement === null ? none : this.#engagements.get(engagements, engagement, key));
    this.#confidence.push(values[at.confidence] as number);
    this.#records.push((values[at.records] as number | null) ?? Number.NaN);
    this.#bytes.push((values[at.bytes] as number | null) ?? Number.NaN);
    const names = values[at.fragments] as readonly string[] | null;
    if (names !== null) for (const name of names) this.#fragments.push(this.#fragmentNames.code(name));
    this.#fragmentOffsets.push(this.#fragments.length);
    this.#provenance.add(fact);
  }

  /** Appends a vacant slot. @param idBytes the room for an id */
  addVacant(idBytes: number): void {
    this.#isLive.push(0);
    this.#ids.pushRoom(idBytes);
    for (const column of [this.#artifact, this.#sender, this.#recipient, this.#engagement]) column.push(none);
    for (const column of [this.#sentAt, this.#portion, this.#deletedAt, this.#confidence, this.#records, this.#bytes]) column.push(0);
    this.#form.push(0);
    this.#deletionState.push(0);
    this.#channel.push(null);
    this.#fragmentOffsets.push(this.#fragments.length);
    this.#provenance.addVacant();
  }

  build() {
    const isLive = this.#isLive.build();
    const fragments: Csr = {
      offsets: this.#fragmentOffsets.build(),
      values: this.#fragments.build(),
    };
    const transfers = {
      kind: 'TRANSFER' as const,
      count: this.#count,
      slots: isLive.length,
      isLive,
      provenance: this.#provenance.build(),
      id: this.#ids.build().withLive(isLive),
      artifact: this.#artifact.build(),
      sender: this.#sender.build(),
      recipient: this.#recipient.build(),
      sentAt: this.#sentAt.build(),
      portion: this.#portion.build(),
      form: this.#form.build(),
      deletionState: this.#deletionState.build(),
      deletedAt: this.#deletedAt.build(),
      channel: this.#channel.build(),
      engagement: this.#engagement.build(),
      confidence: this.#confidence.build(),
      records: this.#records.build(),
      bytes: this.#bytes.build(),
    };
    return { transfers, fragments, fragmentNames: this.#fragmentNames.texts() };
  }
}
