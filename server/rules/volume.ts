/*
 * The volume of copies, in items (`records`) or in bytes (semantics §1). Volumes change no tier and no loss.
 */

/** The volume that the copies of one artifact carried together. */
export interface Volume {
  /** The largest number that one copy states: all copies may hold the same items. 0 if none states one. */
  readonly low: number;
  /** The sum of the numbers that copies state: each copy may hold other items. */
  readonly high: number;
  /** Whether a copy states no number. Then more may have been carried. */
  readonly isUnknown: boolean;
}

/** The volumes of several artifacts, added up. */
export interface VolumeSum {
  readonly low: number;
  readonly high: number;
  /** The number of artifacts whose volume is unknown. */
  readonly unknownCount: number;
}

/** The volume of the copies of one artifact, added one by one in their order, so that sums have one last digit. */
export class CopiesVolume implements Volume {
  low = 0;
  high = 0;
  isUnknown = false;

  /** @param stated what a copy states, above 0; NaN: nothing */
  add(stated: number): void {
    if (Number.isNaN(stated)) this.isUnknown = true;
    else {
      this.low = Math.max(this.low, stated);
      this.high += stated;
    }
  }
}

/** The volume of several artifacts, added one by one in order of their ids. */
export class ArtifactsVolume implements VolumeSum {
  low = 0;
  high = 0;
  unknownCount = 0;

  add({ low, high, isUnknown }: Volume): void {
    this.low += low;
    this.high += high;
    if (isUnknown) this.unknownCount++;
  }
}
