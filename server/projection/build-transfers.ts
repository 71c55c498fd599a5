import type { RecordedFact } from '../domain/assertions.ts';
import { copyForms, deletionStates } from '../domain/facts.ts';
import { Interner, sharedFloat64, sharedInt32, sharedUint8, sharedUint32, TextColumn } from './columns.ts';
import type { Csr } from './csr.ts';
import { checkOrder, fill, getIndex, ProvenanceBuilder, place, RepeatingColumn } from './fill-columns.ts';
import { none } from './projection.ts';

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
};

/** Transfers are many: they become columns as they come, so that their objects can go. */
export class TransferBuilder {
  readonly #ids: string[] = [];
  readonly #artifact: number[] = [];
  readonly #sender: number[] = [];
  readonly #recipient: number[] = [];
  readonly #sentAt: number[] = [];
  readonly #portion: number[] = [];
  readonly #form: number[] = [];
  readonly #deletionState: number[] = [];
  readonly #deletedAt: number[] = [];
  readonly #channel = new RepeatingColumn();
  readonly #engagement: number[] = [];
  readonly #confidence: number[] = [];
  readonly #fragmentOffsets: number[] = [0];
  readonly #fragments: number[] = [];
  readonly #fragmentNames = new Interner();
  readonly #provenance = new ProvenanceBuilder();

  add(
    fact: RecordedFact,
    organizations: ReadonlyMap<string, number>,
    artifacts: ReadonlyMap<string, number>,
    engagements: ReadonlyMap<string, number>,
  ): void {
    const { key, values } = fact;
    checkOrder('TRANSFER', this.#ids[this.#ids.length - 1], key);
    this.#ids.push(key);
    this.#artifact.push(getIndex(artifacts, values[at.artifact] as string, key));
    this.#sender.push(getIndex(organizations, values[at.sender] as string, key));
    this.#recipient.push(getIndex(organizations, values[at.recipient] as string, key));
    this.#sentAt.push((values[at.sentAt] as number | null) ?? Number.NaN);
    this.#portion.push(values[at.portion] as number);
    this.#form.push(copyForms.indexOf(values[at.form] as (typeof copyForms)[number]));
    this.#deletionState.push(deletionStates.indexOf(values[at.deletionState] as (typeof deletionStates)[number]));
    this.#deletedAt.push((values[at.deletedAt] as number | null) ?? Number.NaN);
    this.#channel.push(values[at.channel] as string | null);
    const engagement = values[at.engagement] as string | null;
    this.#engagement.push(engagement === null ? none : getIndex(engagements, engagement, key));
    this.#confidence.push(values[at.confidence] as number);
    const names = values[at.fragments] as readonly string[] | null;
    if (names !== null) for (const name of names) this.#fragments.push(this.#fragmentNames.code(name));
    this.#fragmentOffsets.push(this.#fragments.length);
    this.#provenance.add(fact);
  }

  build() {
    const count = this.#ids.length;
    const fragments: Csr = {
      offsets: fill(sharedUint32(count + 1), this.#fragmentOffsets),
      values: fill(sharedInt32(this.#fragments.length), this.#fragments),
    };
    const transfers = {
      kind: 'TRANSFER' as const,
      count,
      provenance: this.#provenance.build(),
      id: TextColumn.from(this.#ids),
      artifact: fill(sharedInt32(count), this.#artifact),
      sender: fill(sharedInt32(count), this.#sender),
      recipient: fill(sharedInt32(count), this.#recipient),
      sentAt: fill(sharedFloat64(count), this.#sentAt),
      portion: fill(sharedFloat64(count), this.#portion),
      form: fill(sharedUint8(count), this.#form),
      deletionState: fill(sharedUint8(count), this.#deletionState),
      deletedAt: fill(sharedFloat64(count), this.#deletedAt),
      channel: this.#channel.build(),
      engagement: fill(sharedInt32(count), this.#engagement),
      confidence: fill(sharedFloat64(count), this.#confidence),
    };
    return { transfers, fragments, fragmentNames: this.#fragmentNames.texts() };
  }
}
