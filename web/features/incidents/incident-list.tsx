import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { formatCount, joinSome } from '../../shared/format/count.ts';
import { formatInstant } from '../../shared/format/instant.ts';
import {
  IncidentListDocument,
  type IncidentListQuery,
  IncidentRowDocument,
  type IncidentRowQuery,
  IncidentsStateDocument,
  type IncidentsStateQuery,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useWatch } from '../../shared/graphql/use-watch.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { type Column, PagedTable } from '../../shared/lists/data-table.tsx';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { advisoryHref, newIncidentHref, oneIncidentHref } from '../../shared/url/incidents-url.ts';
import { navigate } from '../../shared/url/location.ts';
import { canWrite, seesSoftware } from '../../shared/viewer/viewer.ts';
import { DueMark } from './due-mark.tsx';
import { STATE_WORDS } from './incident-words.ts';
import classes from './incidents.module.css';

const NOTHING = {};
const COLUMNS = ['id', 'name', 'state', 'cause', 'origins', 'discovered_at', 'exposed', 'possible', 'labs', 'next_notice_due'] as const;

/** All incidents, the latest updated first. */
export function IncidentList() {
  const asked = useQuestion(IncidentListDocument, NOTHING);
  useWatch(IncidentsStateDocument, NOTHING, stateOf, asked.data === null || asked.isStale ? null : stateOf(asked.data));
  const shown = useRef<readonly Incident[]>([]);
  const [figures, setFigures] = useState<ReadonlyMap<string, Figures>>(new Map());
  const keep = useCallback((id: string, of: Figures) => setFigures((before) => new Map(before).set(id, of)), []);
  const columns = columnsFor(({ id }) => figures.get(id) ?? WAITING, keep);
  return (
    <ScrollBox label="Incidents" className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <div>
            <h1>Incidents</h1>
            <p>Each is a compromise under investigation: who it started with, what it exposes, whom to tell, and what to do.</p>
          </div>
          <div className={classes.buttons} data-screen-only>
            {canWrite() && <Button onClick={() => navigate(newIncidentHref([]))}>New incident</Button>}
            {seesSoftware() && (
              <Button variant="default" onClick={() => navigate(advisoryHref())}>
                From an advisory
              </Button>
            )}
            <ExportMenu
              name="incidents"
              operation={{ document: IncidentListDocument, variables: NOTHING }}
              shown={() => ({
                header: COLUMNS,
                rows: shown.current.map((incident) => {
                  const { summary, nextDueAt } = figures.get(incident.id) ?? WAITING;
                  return [
                    incident.id,
                    incident.name,
                    incident.state,
                    incident.cause,
                    incident.origins.map((origin) => origin.id).join(';'),
                    incident.discoveredAt,
                    summary?.exposedCount ?? null,
                    summary?.possibleCount ?? null,
                    summary?.affectedLabCount ?? null,
                    nextDueAt ?? null,
                  ];
                }),
              })}
            />
          </div>
        </header>
        <AnswerFrame asked={asked} waiting="Reading the incidents">
          {({ incidents }) => (
            <PagedTable
              first={incidents}
              load={async (after) => (await client.query({ query: IncidentListDocument, variables: { after } })).data?.incidents ?? null}
              onRows={(rows) => {
                shown.current = rows;
              }}
              label="List of incidents"
              noun="incidents"
              columns={columns}
              keyOf={({ id }) => id}
              none="No incidents. Mark an organization as compromised, on its panel or in a ranking, or open an incident here."
            />
          )}
        </AnswerFrame>
      </div>
    </ScrollBox>
  );
}

/** Differs after any change of an incident. */
function stateOf({ incidents }: IncidentsStateQuery): string {
  return incidents.edges[0]?.cursor ?? 'none';
}

type Incident = IncidentListQuery['incidents']['edges'][number]['node'];

interface Figures {
  readonly summary: NonNullable<NonNullable<IncidentRowQuery['incident']>['blastRadius']>['summary'] | null;
  /** When the next notice is due; undefined while it is looked for. */
  readonly nextDueAt: string | null | undefined;
  readonly phase: 'waiting' | 'failed' | 'read';
  readonly retry: () => void;
}

const WAITING: Figures = { summary: null, nextDueAt: undefined, phase: 'waiting', retry: () => {} };

function columnsFor(figuresOf: (incident: Incident) => Figures, keep: (id: string, figures: Figures) => void): readonly Column<Incident>[] {
  const count = (key: 'exposedCount' | 'possibleCount' | 'affectedLabCount', title: string): Column<Incident> => ({
    key,
    title,
    isNumber: true,
    isExtra: true,
    cell: (incident) => {
      const { summary, phase } = figuresOf(incident);
      return summary === null ? (phase === 'failed' ? '–' : '…') : formatCount(summary[key]);
    },
  });
  return [
    { key: 'incident', title: 'Incident', isName: true, cell: (incident) => <Named incident={incident} keep={keep} /> },
    {
      key: 'state',
      title: 'State',
      isExtra: true,
      cell: ({ state }) => (
        <span className={classes.state} data-state={state}>
          {STATE_WORDS[state]}
        </span>
      ),
    },
    {
      key: 'discovered',
      title: 'Discovered',
      isExtra: true,
      className: classes.nowrap,
      cell: ({ discoveredAt }) => (discoveredAt === null ? 'not known' : formatInstant(discoveredAt)),
    },
    count('exposedCount', 'Exposed'),
    count('possibleCount', 'Possible'),
    count('affectedLabCount', 'Labs'),
    {
      key: 'due',
      title: 'Next notice due',
      cell: (incident) => {
        const { phase, nextDueAt, retry } = figuresOf(incident);
        if (phase === 'failed') {
          return (
            <span role="alert">
              Not read.{' '}
              <Button variant="default" size="compact-xs" aria-label={`Retry: ${incident.name}`} onClick={retry}>
                Retry
              </Button>
            </span>
          );
        }
        return nextDueAt === undefined ? '…' : nextDueAt === null ? 'none' : <DueMark dueAt={nextDueAt} />;
      },
    },
  ];
}

interface NamedProps {
  readonly incident: Incident;
  readonly keep: (id: string, figures: Figures) => void;
}

/** The name of an incident. Asks for its figures separately, so that a large one does not delay the others. */
function Named({ incident: { id, name, origins }, keep }: NamedProps) {
  const { data, question, retry } = useQuestion(
    IncidentRowDocument,
    useMemo(() => ({ incident: id }), [id]),
  );
  const summary = data?.incident?.blastRadius?.summary ?? null;
  const nextDueAt = useNextNotice(id, data?.incident?.notices ?? null);
  const phase = data !== null ? 'read' : question.phase === 'failed' ? 'failed' : 'waiting';
  useEffect(() => keep(id, { summary, nextDueAt, phase, retry }), [keep, id, summary, nextDueAt, phase, retry]);
  return (
    <>
      <Link href={oneIncidentHref(id)}>{name}</Link>
      <small>
        {joinSome(
          origins.map((origin) => origin.name),
          3,
        )}
      </small>
    </>
  );
}

type Notices = NonNullable<IncidentRowQuery['incident']>['notices'];

const NO_NOTICES: Notices = { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, edges: [] };

/**
 * When the notice is due that is due next; null: none is, undefined: not known yet. The list begins with the earliest due and ends with those without a term, so that pages of notices that were
 * sent are read on.
 */
function useNextNotice(incident: string, first: Notices | null): string | null | undefined {
  const list = useMoreRows(first ?? NO_NOTICES, async (after) => {
    const { data } = await client.query({ query: IncidentRowDocument, variables: { incident, after } });
    return data?.incident?.notices ?? null;
  });
  const next = list.rows.find(({ state, dueAt }) => state === 'TO_TELL' && dueAt !== null);
  const more = next === undefined && list.rows.at(-1)?.dueAt !== null && !list.isLoading && list.problem === null ? list.more : null;
  useEffect(() => more?.(), [more]);
  if (next !== undefined) return next.dueAt;
  return first !== null && more === null && !list.isLoading && list.problem === null ? null : undefined;
}
