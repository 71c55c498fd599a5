import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useMemo } from 'react';
import { OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { countOf, formatCount, joinSome } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { FirstIncidentDocument, IncidentTotalsDocument, RiskiestDocument, StartPageDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { HelpCard } from '../../shared/help/help-card.tsx';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { incidentHref } from '../../shared/url/blast-radius-url.ts';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { newIncidentHref, oneIncidentHref } from '../../shared/url/incidents-url.ts';
import { navigate } from '../../shared/url/location.ts';
import { firstVisit, setFirstVisit } from '../../shared/viewer/first-visit.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './start.module.css';

const NOTHING = {};

/** The first page: what the program does, and the first questions of most people. It shows no graph until something is chosen. */
export function StartView({ finder }: { readonly finder: ReactNode }) {
  const asked = useQuestion(StartPageDocument, NOTHING);
  const isLeaving = useFirstRadius(asked.data?.about.isDemo === true);
  if (isLeaving) return null;
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <h1>Search for an organization or an artifact to begin</h1>
          <p>See which labs sent which methodology artifacts to whom, and what is exposed if one of them is compromised.</p>
          <div className={classes.search}>{finder}</div>
        </header>
        <AnswerFrame asked={asked} waiting="Reading the records">
          {({ counts, incidents, about }) =>
            counts.organizations === 0 && !canWrite() ? (
              <section className={classes.card}>
                <h2>No data is recorded yet</h2>
                <p>Ask an administrator which labs you may see.</p>
              </section>
            ) : counts.organizations === 0 ? (
              <section className={classes.card}>
                <h2>No data is recorded yet</h2>
                <p>Import an inventory of who sent which artifact to whom. A plain vendor list is enough to begin.</p>
                <p className={classes.buttons}>
                  <Button onClick={() => navigate('/import')}>Import a vendor list</Button>
                </p>
                <p className={classes.faint}>
                  To see sample data, start the server with <code>exposure serve --demo</code> and a new store.
                </p>
              </section>
            ) : (
              <>
                <p className={classes.counts}>
                  {about.isDemo ? 'The fictional demo world has ' : 'Recorded: '}
                  {countOf(counts.organizations, 'organization', 'organizations')}, {countOf(counts.artifacts, 'artifact', 'artifacts')} and{' '}
                  {countOf(counts.transfers, 'transfer', 'transfers')}.{' '}
                  <Link href="/explore?all=1">Show the labs and their vendors as a graph</Link>
                </p>
                <div className={classes.cards}>
                  <section className={classes.card}>
                    <h2>Riskiest organizations</h2>
                    <Riskiest />
                    <Link href="/rankings">All rankings</Link>
                  </section>
                  <section className={classes.card}>
                    <h2>Recent incidents</h2>
                    {incidents.edges.length === 0 && (
                      <p className={classes.faint}>No incident is saved.{canWrite() && ' You can save a blast radius as an incident.'}</p>
                    )}
                    <ul className={classes.list}>
                      {incidents.edges.map(({ node }) => (
                        <li key={node.id}>
                          <Link id={`incident-${node.id}`} href={incidentHref(node.id)}>
                            {node.name}
                          </Link>
                          <span className={classes.faint}>
                            {node.state.toLowerCase()},{' '}
                            {joinSome(
                              node.origins.map(({ name }) => name),
                              3,
                            )}
                          </span>
                          <IncidentTotals incident={node.id} />
                          <Link className={classes.small} href={oneIncidentHref(node.id)} aria-describedby={`incident-${node.id}`}>
                            Notices, plan and packs
                          </Link>
                        </li>
                      ))}
                    </ul>
                    {incidents.totalCount > incidents.edges.length && (
                      <p className={classes.faint}>{formatCount(incidents.totalCount - incidents.edges.length)} older ones.</p>
                    )}
                    <Link href="/incidents">All incidents</Link>
                    {canWrite() && (
                      <p className={classes.buttons}>
                        <Button variant="default" onClick={() => navigate(newIncidentHref([]))}>
                          New incident
                        </Button>
                      </p>
                    )}
                  </section>
                  {canWrite() && (
                    <section className={classes.card}>
                      <h2>Bring in data</h2>
                      <p>
                        Vendor registers, sub-processor pages and spend lists are read as they are. The import asks about anything unclear.
                      </p>
                      <p className={classes.buttons}>
                        <Button variant="default" onClick={() => navigate('/import')}>
                          Import a vendor list
                        </Button>
                        <Button variant="default" onClick={() => navigate('/quality')}>
                          Check data quality
                        </Button>
                      </p>
                    </section>
                  )}
                </div>
              </>
            )
          }
        </AnswerFrame>
      </div>
    </div>
  );
}

/**
 * Sends the first visit to the demo world on to the radius of the recent incident that has the most exposed artifacts, with three sentences on it.
 *
 * @returns whether the visit is going there, or may be
 */
function useFirstRadius(isDemo: boolean): boolean {
  const isFirst = isDemo && firstVisit() === null;
  const { data, question } = useQuestion(FirstIncidentDocument, isFirst ? NOTHING : null);
  const most = data?.incidents.edges
    .map(({ node }) => ({ id: node.id, exposed: node.blastRadius?.summary.exposedCount ?? 0 }))
    .reduce((before, incident) => (incident.exposed > before.exposed ? incident : before), { id: '', exposed: 0 });
  const target = isFirst && most !== undefined && most.exposed > 0 ? most.id : null;
  useEffect(() => {
    if (target === null) return;
    setFirstVisit('open');
    navigate(incidentHref(target), 'replace');
  }, [target]);
  return isFirst && (target !== null || question.phase === 'asking');
}

/** The totals of one incident. Each incident is requested separately, so a large one does not delay the others. */
function IncidentTotals({ incident }: { readonly incident: string }) {
  const asked = useQuestion(
    IncidentTotalsDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  const summary = asked.data?.blastRadius?.summary;
  if (asked.question.phase === 'failed') return <span className={classes.faint}>Its totals could not be read.</span>;
  if (summary === undefined) return <span className={classes.faint}>…</span>;
  return (
    <span className={classes.faint}>
      {formatCount(summary.exposedCount)} exposed, {formatCount(summary.possibleCount)} possible,{' '}
      {countOf(summary.affectedLabCount, 'lab', 'labs')}, {formatMoney(summary.worstCaseLossUsd)} worst case
    </span>
  );
}

const BY_LOSS = { orderBy: 'WEIGHTED_LOSS' } as const;
const BY_DEPENDENTS = { orderBy: 'DEPENDENTS' } as const;

/** The five organizations whose compromise would cost the most. If no loss is known, those with the most dependents. */
function Riskiest() {
  const byLoss = useQuestion(RiskiestDocument, BY_LOSS);
  const isLossKnown = (byLoss.data?.ranking?.edges[0]?.node.weightedLossUsd ?? 0) > 0;
  const byDependents = useQuestion(RiskiestDocument, byLoss.data !== null && !isLossKnown ? BY_DEPENDENTS : null);
  const asked = isLossKnown || byLoss.data === null ? byLoss : byDependents;
  return (
    <AnswerFrame asked={asked} waiting="Computing the radius of every organization">
      {({ ranking }) => (
        <>
          <p className={classes.faint}>
            {isLossKnown ? (
              <>
                <HelpCard term="weightedLoss">Weighted loss</HelpCard> if compromised, as held now
              </>
            ) : (
              'By organizations that depend on them'
            )}
          </p>
          <ol className={classes.list}>
            {ranking?.edges.map(({ node }) => (
              <li key={node.organization.id} className={classes.risk}>
                <OrganizationMark roles={node.organization.roles} />
                <span>
                  <Link href={exploreHref(`organization:${node.organization.id}`)}>{node.organization.name}</Link>
                  <small>
                    {isLossKnown
                      ? `${countOf(node.exposedCount + node.possibleCount, 'artifact', 'artifacts')} of ${countOf(node.labCount, 'lab', 'labs')}`
                      : `${countOf(node.dependentCount, 'organization depends', 'organizations depend')} on it`}
                  </small>
                </span>
                {isLossKnown && <strong>{formatMoney(node.weightedLossUsd)}</strong>}
              </li>
            ))}
          </ol>
        </>
      )}
    </AnswerFrame>
  );
}
