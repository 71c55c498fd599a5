import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
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
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { Paged } from '../../shared/lists/paged.tsx';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { FramedTable } from '../../shared/ui/framed-table.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { advisoryHref, newIncidentHref, oneIncidentHref } from '../../shared/url/incidents-url.ts';
import { navigate } from '../../shared/url/location.ts';
import { canWrite, seesSoftware } from '../../shared/viewer/viewer.ts';
import { DueMark } from './due-mark.tsx';
import { STATE_WORDS } from './incident-words.ts';
import classes from './incidents.module.css';

const NOTHING = {};
const COLUMNS = ['id', 'name', 'state', 'origins', 'discovered_at', 'exposed', 'possible', 'labs', 'next_notice_due'] as const;

/** All incidents, the latest updated first. */
export function IncidentList() {
  const asked = useQuestion(IncidentListDocument, NOTHING);
  useWatch(IncidentsStateDocument, NOTHING, stateOf, asked.data === null || asked.isStale ? null : stateOf(asked.data));
  const shown = useRef<readonly Incident[]>([]);
  const figures = useRef(new Map<string, RowFigures>());
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
                  const { summary, nextDueAt } = figures.current.get(incident.id) ?? NO_FIGURES;
                  return [
                    incident.id,
                    incident.name,
                    incident.state,
                    incident.origins.map((origin) => origin.id).join(';'),
                    incident.discoveredAt,
                    summary?.exposedCount ?? null,
                    summary?.possibleCount ?? null,
                    summary?.affectedLabCount ?? null,
                    nextDueAt,
                  ];
                }),
              })}
            />
          </div>
        </header>
        <AnswerFrame asked={asked} waiting="Reading the incidents">
          {({ incidents }) =>
            incidents.totalCount === 0 ? (
              <section className={classes.card}>
                <h2>No incidents</h2>
                <p className={classes.note}>Mark an organization as compromised, on its panel or in a ranking, or open an incident here.</p>
              </section>
            ) : (
              <Paged
                first={incidents}
                load={async (after) => (await client.query({ query: IncidentListDocument, variables: { after } })).data?.incidents ?? null}
              >
                {(list) => {
                  shown.current = list.rows;
                  return (
                    <section>
                      <FramedTable label="List of incidents">
                        <thead>
                          <tr>
                            <th scope="col">Incident</th>
                            <th scope="col">State</th>
                            <th scope="col">Discovered</th>
                            <th scope="col" data-number>
                              Exposed
                            </th>
                            <th scope="col" data-number>
                              Possible
                            </th>
                            <th scope="col" data-number>
                              Labs
                            </th>
                            <th scope="col">Next notice due</th>
                          </tr>
                        </thead>
                        <tbody>
                          {list.rows.map((incident) => (
                            <Row key={incident.id} incident={incident} figures={figures.current} />
                          ))}
                        </tbody>
                      </FramedTable>
                      <MoreRowsLine list={list} noun="incidents" />
                    </section>
                  );
                }}
              </Paged>
            )
          }
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

interface RowFigures {
  readonly summary: NonNullable<NonNullable<IncidentRowQuery['incident']>['blastRadius']>['summary'] | null;
  readonly nextDueAt: string | null;
}

const NO_FIGURES: RowFigures = { summary: null, nextDueAt: null };

/** One incident. Its figures are requested separately, so that a large one does not delay the others, and kept in `figures` for who takes the list away. */
function Row({ incident, figures }: { readonly incident: Incident; readonly figures: Map<string, RowFigures> }) {
  const { id, name, state, origins, discoveredAt } = incident;
  const { data, question, retry } = useQuestion(
    IncidentRowDocument,
    useMemo(() => ({ incident: id }), [id]),
  );
  const summary = data?.incident?.blastRadius?.summary;
  const { next, isKnown } = useNextNotice(id, data?.incident?.notices ?? null);
  useEffect(() => {
    figures.set(id, { summary: summary ?? null, nextDueAt: next?.dueAt ?? null });
  }, [figures, id, summary, next]);
  const due = next?.dueAt == null ? isKnown ? 'none' : '…' : <DueMark dueAt={next.dueAt} />;
  const figure = (count: number | undefined) => (count === undefined ? (question.phase === 'failed' ? '–' : '…') : formatCount(count));
  return (
    <tr>
      <th scope="row">
        <Link href={oneIncidentHref(id)}>{name}</Link>
        <small>
          {joinSome(
            origins.map((origin) => origin.name),
            3,
          )}
        </small>
      </th>
      <td>
        <span className={classes.state} data-state={state}>
          {STATE_WORDS[state]}
        </span>
      </td>
      <td>{discoveredAt === null ? 'not known' : formatInstant(discoveredAt)}</td>
      <td data-number>{figure(summary?.exposedCount)}</td>
      <td data-number>{figure(summary?.possibleCount)}</td>
      <td data-number>{figure(summary?.affectedLabCount)}</td>
      <td>
        {data === null && question.phase === 'failed' ? (
          <span role="alert">
            Not read.{' '}
            <Button variant="default" size="compact-xs" aria-label={`Retry: ${name}`} onClick={retry}>
              Retry
            </Button>
          </span>
        ) : (
          due
        )}
      </td>
    </tr>
  );
}

type Notices = NonNullable<IncidentRowQuery['incident']>['notices'];

const NO_NOTICES: Notices = { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, edges: [] };

/**
 * The notice that is due next. The list begins with the earliest due and ends with those without a term, so that pages of notices that were
 * sent are read on.
 */
function useNextNotice(incident: string, first: Notices | null) {
  const list = useMoreRows(first ?? NO_NOTICES, async (after) => {
    const { data } = await client.query({ query: IncidentRowDocument, variables: { incident, after } });
    return data?.incident?.notices ?? null;
  });
  const next = list.rows.find(({ state, dueAt }) => state === 'TO_TELL' && dueAt !== null);
  const more = next === undefined && list.rows.at(-1)?.dueAt !== null && !list.isLoading && list.problem === null ? list.more : null;
  useEffect(() => more?.(), [more]);
  return { next, isKnown: first !== null && more === null && !list.isLoading && list.problem === null };
}
