import type { CopyTier } from '../../../rules/copy-tier.ts';
import { copyTiers, isOpen, weightOf } from '../../../rules/copy-tier.ts';
import type { TieredCopy } from '../radius-types.ts';

/** Added to the code of the later part of a copy that a scenario encrypts. */
export const encryptedBit = 16;
const tierBits = encryptedBit - 1;

/** Copies with a tier, in columns that grow. */
export class TieredColumns {
  length = 0;
  copy = new Int32Array(256);
  /** A code of `copyTiers`, and `encryptedBit`. */
  code = new Uint8Array(256);

  add(copy: number, code: number): void {
    if (this.length === this.copy.length) {
      this.copy = grow(this.copy, new Int32Array(this.length * 2));
      this.code = grow(this.code, new Uint8Array(this.length * 2));
    }
    this.copy[this.length] = copy;
    this.code[this.length++] = code;
  }
}

function grow<T extends Int32Array | Uint8Array>(column: T, longer: T): T {
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
