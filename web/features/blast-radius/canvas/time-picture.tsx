import { useMemo } from 'react';
import type { SumPictureProps } from '../../../canvas/picture-props.ts';
import { TimeCanvas } from '../../../canvas/time/time-canvas.tsx';
import type { HolderTimes, TimeRow } from '../../../canvas/time/time-rows.ts';
import { HolderTimesDocument, type HolderTimesQuery, LabTimesDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { useStaleMark } from '../../../shared/ui/use-slow.ts';
import type { TimeWindow } from '../../../shared/url/params.ts';
import { inputOf } from '../../../shared/url/radius-options-url.ts';
import type { FlowRow, RadiusAnswer } from '../lanes-radius.ts';
import { nearWindow } from '../question-variables.ts';
import { PictureSkeleton } from '../summary/skeletons.tsx';
import type { BlastView } from '../use-blast-view.ts';

type Answered = NonNullable<NonNullable<HolderTimesQuery['blastRadius']>['holderTimeline']>;

interface TimePictureProps extends SumPictureProps {
  readonly radius: RadiusAnswer;
  readonly flows: readonly FlowRow[] | null;
  readonly view: BlastView;
}

/** The holders of a radius over time. It has a question of its own, asked only while the picture is shown. */
export function TimePicture({ radius, flows, view, ...props }: TimePictureProps) {
  const { state, change } = view;
  const { core, widest } = radius;
  const span = useMemo(() => (state.span === 'near' ? nearWindow(widest) : null), [state.span, widest]);
  const input = useMemo(() => inputOf(state), [state]);
  const asked = useQuestion(
    HolderTimesDocument,
    useMemo(() => (input === null ? null : { input, span }), [input, span]),
  );
  const answer = asked.data?.blastRadius?.holderTimeline ?? null;
  const times = useMemo(() => (answer === null ? null : timesOf(answer)), [answer]);

  const { openGroups } = state;
  const opened = useMemo(
    () => openGroups.flatMap((key) => (key.startsWith('organization:') ? [key.slice('organization:'.length)] : [])),
    [openGroups],
  );
  // The lines of the labs lie on the same buckets as the lines of the holders.
  const { from, to } = { from: answer?.instants[0], to: answer?.instants.at(-1) };
  const labVariables = useMemo(() => {
    if (input === null || opened.length === 0 || from === undefined || to === undefined) return null;
    return { input, holders: opened, span: { from, to: beforeEnd(to) } };
  }, [input, opened, from, to]);
  const askedLabs = useQuestion(LabTimesDocument, labVariables);
  const labAnswer = askedLabs.data?.blastRadius?.holderTimeline ?? null;
  const labRows = useMemo(() => {
    const rows = new Map<string, TimeRow[]>();
    if (labAnswer === null || labAnswer.instants.length !== times?.instants.length) return rows;
    for (const row of timesOf(labAnswer).rows) rows.set(row.holder.id, [...(rows.get(row.holder.id) ?? []), row]);
    return rows;
  }, [labAnswer, times]);

  const labsAt = useMemo(() => {
    if (flows === null) return null;
    const labs = new Map<string, Set<string>>();
    for (const { holder, lab } of flows) {
      if (holder === null) continue;
      labs.set(holder.organization.id, (labs.get(holder.organization.id) ?? new Set()).add(lab.id));
    }
    return labs;
  }, [flows]);
  const isOwnStale = useStaleMark(asked.isStale);
  const windows = useMemo(() => ({ core: instantsOf(core), widest: instantsOf(widest) }), [core, widest]);

  if (times === null) return asked.question.phase === 'failed' ? <FailedLine asked={asked} /> : <PictureSkeleton />;
  return (
    <TimeCanvas
      {...props}
      isStale={props.isStale === true || isOwnStale}
      times={times}
      labRows={labRows}
      labsAt={labsAt}
      windows={windows}
      measure={state.measure}
      openGroups={openGroups}
      onToggleGroup={(key) =>
        change({ openGroups: openGroups.includes(key) ? openGroups.filter((each) => each !== key) : [...openGroups, key] })
      }
    />
  );
}

function timesOf({ instants, edges, totalCount }: Answered): HolderTimes {
  return {
    instants: instants.map((instant) => Date.parse(instant)),
    totalCount,
    rows: edges.map(
      ({ node }): TimeRow => ({
        holder: {
          ...node.holder.organization,
          hops: node.holder.hops,
          isSuspected: node.holder.isSuspected,
          likelihood: node.holder.likelihood,
        },
        lab: node.lab ?? null,
        definite: node.definiteCounts,
        possible: node.possibleCounts,
        unreadable: node.unreadableCounts,
        worstUsd: node.worstCaseUsd,
        definiteWorstUsd: node.definiteWorstCaseUsd,
        received: node.receivedCounts,
        deleted: node.deletedCounts,
        firstReceivedAt: node.firstReceivedAt,
        undatedCount: node.undatedCount,
        receivedInWindow: node.receivedInWindowCount,
        deletedInWindow: node.deletedInWindowCount,
        deletedBefore: node.deletedBeforeCount,
        lastDeletedBeforeAt: node.lastDeletedBeforeAt,
      }),
    ),
  };
}

function instantsOf({ from, to }: TimeWindow): { readonly from: number; readonly to: number } {
  return { from: Date.parse(from), to: Date.parse(to) };
}

/** The last millisecond of a stretch that ends just before an instant. */
function beforeEnd(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString();
}
