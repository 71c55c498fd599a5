import { AccessLevels } from '../../exposure/controls/access-levels.ts';
import { listControlGaps } from '../../exposure/controls/control-gap.ts';
import type { FoundSubjects } from '../../exposure/findings/finding-list.ts';
import { findSubjects } from '../../exposure/findings/findings.ts';
import { type LabConcentration, measureConcentration } from '../../exposure/rankings/concentration.ts';
import { type LabSafeguards, measureSafeguards } from '../../exposure/rankings/lab-safeguards.ts';
import { findSharedHolders, type SharedHolder } from '../../exposure/rankings/shared-holders.ts';
import type { Projection } from '../../projection/projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import type { ControlPolicy } from '../../rules/required-controls.ts';

interface AtInstant {
  readonly instant: number;
}

interface FindingsQuestion extends AtInstant {
  readonly policy: ControlPolicy;
}

interface ControlGapsQuestion extends AtInstant {
  readonly policy: ControlPolicy;
  readonly withoutIssuers: ReadonlySet<number>;
}

/**
 * Lists that look at all facts, in steps. Their results are small plain data, because a thread may send them: indexes, from which rows are
 * made where they are read, or one row for each lab or holder.
 */
export const factLists = {
  findings(projection: Projection, { policy, instant }: FindingsQuestion, onProgress?: OnProgress): Generator<void, FoundSubjects[]> {
    return findSubjects({ projection, policy, instant, levels: new AccessLevels(projection, instant) }, onProgress);
  },
  /** The organizations that lack a control, in order. */
  *controlGaps(projection: Projection, question: ControlGapsQuestion): Generator<void, Int32Array> {
    const gaps = yield* listControlGaps(projection, new AccessLevels(projection, question.instant), question);
    return Int32Array.from(gaps, ({ organization }) => organization);
  },
  concentration: (
    projection: Projection,
    { instant, mostHolders }: AtInstant & { readonly mostHolders: number },
  ): Generator<void, LabConcentration[]> => measureConcentration(projection, instant, mostHolders),
  sharedHolders: (projection: Projection, { instant }: AtInstant): Generator<void, SharedHolder[]> =>
    findSharedHolders(projection, instant),
  safeguards: (projection: Projection, { instant }: AtInstant): Generator<void, LabSafeguards[]> => measureSafeguards(projection, instant),
};

export type FactListName = keyof typeof factLists;
