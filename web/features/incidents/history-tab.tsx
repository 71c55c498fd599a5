import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { askChange, Refused } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { authorOf } from '../../shared/format/author.ts';
import { formatCount } from '../../shared/format/count.ts';
import { formatDay, formatInstantUtc } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import type { HistoryEntryFragment } from '../../shared/generated/operations.ts';
import { AddNoteDocument, IncidentHistoryDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './incidents.module.css';

/** How the radius changed, which facts and decisions changed it, and what people noted. */
export function HistoryTab({ incident }: { readonly incident: string }) {
  const asked = useQuestion(
    IncidentHistoryDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  return (
    <section className={classes.card} aria-label="History">
      {canWrite() && <AddNote incident={incident} />}
      <AnswerFrame asked={asked} waiting="Reading the history">
        {(data) =>
          data.incident === null ? null : (
            <Paged
              first={data.incident.entries}
              load={async (after) =>
                (await client.query({ query: IncidentHistoryDocument, variables: { incident, after } })).data?.incident?.entries ?? null
              }
            >
              {(list) => (
                <>
                  <TotalsLine entries={list.rows} isWhole={list.rows.length === list.totalCount} />
                  <ol className={classes.entries}>
                    {list.rows.map((entry) => (
                      <Entry key={`${entry.at} ${entry.text}`} entry={entry} />
                    ))}
                  </ol>
                  <MoreRowsLine list={list} noun="entries" />
                </>
              )}
            </Paged>
          )
        }
      </AnswerFrame>
    </section>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntryFragment }) {
  const change = changeWords(entry);
  return (
    <li data-changed={change !== null || undefined}>
      <p className={classes.when}>
        <time dateTime={entry.at}>{formatInstantUtc(entry.at)}</time>
        {entry.by !== '' && <span>by {authorOf(entry.by)}</span>}
      </p>
      <p className={classes.text}>{entry.text}</p>
      {change !== null && <p className={classes.note}>{change}</p>}
    </li>
  );
}

function AddNote({ incident }: { readonly incident: string }) {
  const announce = useAnnounce();
  return (
    <ChangeForm
      look="row"
      fields={[
        {
          name: 'text',
          label: 'Note',
          isLabelHidden: true,
          placeholder: 'Write a note: what was found out, decided or said',
          lines: 1,
          maxLength: 10_000,
          needed: 'Write something first.',
        },
      ]}
      start={{ text: '' }}
      submit="Add note"
      isKept
      save={async ({ text }) => {
        const saved = await askChange(AddNoteDocument, { input: { incident, text } }, (data) => data.addIncidentNote);
        if (saved instanceof Refused) return saved;
        announce('Note added.');
      }}
    />
  );
}

const MOST_WIDTH = 720;
const HEIGHT = 120;
const LEFT = 34;
const RIGHT = 96;
const TOP = 12;
const BOTTOM = 22;

interface Point {
  readonly at: number;
  readonly exposed: number;
  readonly possible: number;
}

interface TotalsLineProps {
  /** The latest first. */
  readonly entries: readonly HistoryEntryFragment[];
  readonly isWhole: boolean;
}

/** The exposed and possible artifacts over time, as steps. Each change is a mark. The entries below give the same figures. */
function TotalsLine({ entries, isWhole }: TotalsLineProps) {
  const { ref, width: measured } = useElementSize();
  // Drawn at the width of its place, so that its words keep their size.
  const width = Math.min(MOST_WIDTH, measured || MOST_WIDTH);
  const known = [...entries].reverse().filter((entry) => entry.after !== null);
  const points = known.flatMap((entry): Point[] => {
    const at = Date.parse(entry.at);
    const of = (totals: HistoryEntryFragment['after']) =>
      totals === null ? [] : [{ at, exposed: totals.exposedCount, possible: totals.possibleCount }];
    return [...of(entry.before), ...of(entry.after)];
  });
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) {
    return <p className={classes.note}>The totals are recorded from the next change on. They will be drawn here as a line over time.</p>;
  }
  const most = Math.max(1, ...points.map(({ exposed, possible }) => Math.max(exposed, possible)));
  // Entries may be seconds or months apart, so a step for each entry reads better than a scale of time.
  const instants = [...new Set(points.map(({ at }) => at))];
  const x = (at: number) => LEFT + (instants.length === 1 ? 0.5 : (instants.indexOf(at) + 0.5) / instants.length) * (width - LEFT - RIGHT);
  const y = (count: number) => TOP + (1 - count / most) * (HEIGHT - TOP - BOTTOM);
  const line = (field: 'exposed' | 'possible') => {
    const steps = points.map(
      (point, place) =>
        `${place === 0 ? `M${LEFT}` : `H${x(point.at)}V${y(point[field])}`}${place === 0 ? ` ${y(point[field])}H${x(point.at)}` : ''}`,
    );
    return `${steps.join('')}H${width - RIGHT}`;
  };
  const isOtherDay = formatDay(new Date(instants[0] as number).toISOString()) !== formatDay(new Date(last.at).toISOString());
  const isNear = Math.abs(y(last.exposed) - y(last.possible)) < 14;
  const labelY = (field: 'exposed' | 'possible') => {
    if (!isNear) return y(last[field]) + 4;
    const upper = last.exposed >= last.possible ? 'exposed' : 'possible';
    return y(last[upper]) + (field === upper ? -2 : 13);
  };
  return (
    <figure ref={ref} className={classes.totals}>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={`Exposed and possible artifacts from ${formatDay(known[0]?.at ?? '')} on`}
      >
        <path d={`M${LEFT} ${y(0)}H${width - RIGHT}`} stroke="var(--line)" />
        <text x={LEFT - 8} y={y(0) + 4} textAnchor="end">
          0
        </text>
        <text x={LEFT - 8} y={y(most) + 4} textAnchor="end">
          {formatCount(most)}
        </text>
        <path d={line('possible')} fill="none" stroke="var(--possible)" strokeWidth="1.8" strokeDasharray="6 4" />
        <path d={line('exposed')} fill="none" stroke="var(--exposed)" strokeWidth="2" />
        {known.map((entry) => {
          const at = Date.parse(entry.at);
          const change = changeWords(entry);
          if (change === null || entry.after === null) return null;
          return (
            <circle
              key={`${entry.at} ${entry.text}`}
              cx={x(at)}
              cy={y(entry.after.exposedCount)}
              r="4"
              fill="var(--exposed)"
              stroke="var(--surface)"
              strokeWidth="1.5"
            >
              <title>{`${formatDay(entry.at)}: ${entry.text} ${change}`}</title>
            </circle>
          );
        })}
        <text x={width - RIGHT + 8} y={labelY('exposed')} className={classes.exposedLabel}>
          {formatCount(last.exposed)} exposed
        </text>
        <text x={width - RIGHT + 8} y={labelY('possible')} className={classes.possibleLabel}>
          {formatCount(last.possible)} possible
        </text>
        <text x={x(instants[0] as number)} y={HEIGHT - 4} textAnchor={instants.length === 1 ? 'middle' : 'start'}>
          {formatDay(new Date(instants[0] as number).toISOString())}
        </text>
        {instants.length > 1 && isOtherDay && (
          <text x={x(last.at)} y={HEIGHT - 4} textAnchor="end">
            {formatDay(new Date(last.at).toISOString())}
          </text>
        )}
      </svg>
      <figcaption className={classes.note}>
        One step for each entry{isWhole ? '' : ' that is loaded'}, not to scale in time. A dot marks a change of the radius; the entries
        below say what changed it.
      </figcaption>
    </figure>
  );
}

/** The change of the totals by an entry: "Exposed 14 → 8, weighted loss $29.9M → $18.0M". Null if nothing. */
function changeWords({ before, after }: Pick<HistoryEntryFragment, 'before' | 'after'>): string | null {
  if (after === null) return null;
  if (before === null) {
    return `${formatCount(after.exposedCount)} exposed, ${formatCount(after.possibleCount)} possible, weighted loss ${formatMoney(after.weightedLossUsd)}`;
  }
  const parts = [
    ['Exposed', formatCount(before.exposedCount), formatCount(after.exposedCount)],
    ['possible', formatCount(before.possibleCount), formatCount(after.possibleCount)],
    ['contained', formatCount(before.containedCount), formatCount(after.containedCount)],
    ['labs', formatCount(before.affectedLabCount), formatCount(after.affectedLabCount)],
    ['worst-case loss', formatMoney(before.worstCaseLossUsd), formatMoney(after.worstCaseLossUsd)],
    ['weighted loss', formatMoney(before.weightedLossUsd), formatMoney(after.weightedLossUsd)],
  ].filter(([, was, is]) => was !== is);
  return parts.length === 0 ? null : parts.map(([noun, was, is]) => `${noun} ${was} → ${is}`).join(', ');
}
