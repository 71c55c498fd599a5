import type { CopyTier } from '../../../rules/copy-tier.ts';
import { copyTiers, isOpen, weightOf } from '../../../rules/copy-tier.ts';
import type { TieredCopy } from '../radius-types.ts';

/** Added to the code of the later part of a copy that a scenario encrypts. */
export const encryptedBit = 16;
const tierBits = encryptedBit - 1;

/** Copies with a tier, in columns that grow. */
export class TieredColumns {
  length = 0;
  copy: Int32Array;
  /** A code of `copyTiers`, and `encryptedBit`. */
  code: Uint8Array;
  artifact: Int32Array;
  portion: Float64Array;

  /** @param room the number of copies before the columns grow */
  constructor(room = 256) {
    this.copy = new Int32Array(room);
    this.code = new Uint8Array(room);
    this.artifact = new Int32Array(room);
    this.portion = new Float64Array(room);
  }

  add(copy: number, code: number, artifact: number, portion: number): void {
    const at = this.length++;
    if (at === this.copy.length) this.#grow(at * 2 + 16);
    this.copy[at] = copy;
    this.code[at] = code;
    this.artifact[at] = artifact;
    this.portion[at] = portion;
  }

  #grow(room: number): void {
    this.copy = withRoom(this.copy, new Int32Array(room));
    this.code = withRoom(this.code, new Uint8Array(room));
    this.artifact = withRoom(this.artifact, new Int32Array(room));
    this.portion = withRoom(this.portion, new Float64Array(room));
  }
}

function withRoom<T extends Int32Array | Uint8Array | Float64Array>(column: T, longer: T): T {
  longer.set(column);
  return longer;
}

export function toTieredCopy(copy: number, code: number): TieredCopy {
  const { tier, weight, reason } = copyTiers[code & tierBits] as CopyTier;
  return code < encryptedBit ? { copy, tier, weight, reason } : { copy, tier, weight, reason, isEncrypted: true };
}

/** The code without the bit for encryption. */
export function tierCodeOf(code: number): number {
  return code & tierBits;
}

export function listTiered({ length, copy, code }: TieredColumns): TieredCopy[] {
  return Array.from({ length }, (_, i) => toTieredCopy(copy[i] as number, code[i] as number));
}

/** Whether the copy is EXPOSED or POSSIBLE. */
export function isOpenCode(code: number): boolean {
  return isOpen(weightOf[code & tierBits] as number);
}
