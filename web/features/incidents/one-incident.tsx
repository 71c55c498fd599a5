import { Button, Menu } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { IncidentStateDocument, type IncidentStateQuery, OneIncidentDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useWatch } from '../../shared/graphql/use-watch.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { incidentHref } from '../../shared/url/blast-radius-url.ts';
import { INCIDENT_TABS, type IncidentTab, oneIncidentHref } from '../../shared/url/incidents-url.ts';
import { navigate } from '../../shared/url/location.ts';
import { exportHref } from '../../shared/url/redaction.ts';
import { canExport, canWrite } from '../../shared/viewer/viewer.ts';
import { ArtifactsTab } from './artifacts/artifacts-tab.tsx';
import { HistoryTab } from './history/history-tab.tsx';
import classes from './incidents.module.css';
import { NoticesTab } from './notices/notices-tab.tsx';
import { PacksTab } from './packs/packs-tab.tsx';
import type { Pickers } from './pickers.ts';
import { PlanTab } from './plan/plan-tab.tsx';
import { EditIncident } from './summary/edit-incident.tsx';
import { IncidentFacts } from './summary/incident-facts.tsx';
import { IncidentFigures } from './summary/incident-figures.tsx';
import { NextStep } from './summary/next-step.tsx';

const TAB_WORDS: Readonly<Record<IncidentTab, string>> = {
  history: 'History',
  artifacts: 'Artifacts',
  notices: 'Notices',
  plan: 'Plan',
  packs: 'Packs',
};

interface OneIncidentProps extends Pickers {
  readonly incident: string;
  readonly tab: IncidentTab;
}

/** The page of one incident: the state of the case, its figures, and the work on it. */
export function OneIncident({ incident: id, tab, ...pickers }: OneIncidentProps) {
  const [isEditing, setEditing] = useState(false);
  const variables = useMemo(() => ({ incident: id }), [id]);
  const asked = useQuestion(OneIncidentDocument, variables);
  const shown = asked.data === null || asked.isStale ? null : stateOf(asked.data);
  useWatch(IncidentStateDocument, variables, stateOf, shown);
  return (
    <ScrollBox label="Incident" className={classes.page}>
      <AnswerFrame asked={asked} waiting="Reading the incident">
        {({ incident }) =>
          incident === null ? (
            <div className={classes.narrow}>
              <section className={classes.card}>
                <h1>No such incident</h1>
                <p className={classes.note}>It may have been deleted, or its import was undone.</p>
                <Link href="/incidents">All incidents</Link>
              </section>
            </div>
          ) : (
            <div className={classes.column}>
              <header className={classes.head}>
                <div>
                  <p className={classes.crumb}>
                    <Link href="/incidents">Incidents</Link>
                  </p>
                  <h1>{incident.name}</h1>
                </div>
                <div className={classes.buttons} data-screen-only>
                  <Button onClick={() => navigate(incidentHref(id))}>Show blast radius</Button>
                  {canExport() && (
                    <Button
                      variant="default"
                      component="a"
                      href={exportHref(`/api/incident-report.pdf?${new URLSearchParams({ incident: id })}`)}
                      download
                    >
                      Report as PDF
                    </Button>
                  )}
                  {canWrite() && (
                    <Button variant="default" onClick={() => setEditing(true)}>
                      Edit
                    </Button>
                  )}
                  <ExportMenu name={id} operation={{ document: OneIncidentDocument, variables: { incident: id } }}>
                    {canExport() &&
                      ['csv', 'json'].map((extension) => (
                        <Menu.Item
                          key={extension}
                          component="a"
                          href={exportHref(`/api/blast-radius.${extension}?${new URLSearchParams({ incident: id })}`)}
                          download
                        >
                          Artifacts in reach as {extension.toUpperCase()}
                        </Menu.Item>
                      ))}
                  </ExportMenu>
                </div>
              </header>
              <IncidentFigures incident={id} />
              {isEditing ? (
                <EditIncident key="edit" incident={incident} {...pickers} onDone={() => setEditing(false)} />
              ) : (
                <IncidentFacts incident={incident} />
              )}
              {incident.state !== 'CLOSED' && <NextStep incident={id} />}
              <nav className={classes.tabs} aria-label="Work on the incident">
                {INCIDENT_TABS.map((one) => (
                  <Link key={one} href={oneIncidentHref(id, one)} aria-current={one === tab ? 'page' : undefined}>
                    {TAB_WORDS[one]}
                  </Link>
                ))}
              </nav>
              <Tab tab={tab} incident={id} />
            </div>
          )
        }
      </AnswerFrame>
    </ScrollBox>
  );
}

/** Differs after each change of the incident: its version does not count notes, notices, findings and steps. */
function stateOf({ incident }: IncidentStateQuery): string {
  return incident === null ? 'deleted' : `${incident.version} ${incident.entries.totalCount}`;
}

function Tab({ tab, incident }: { readonly tab: IncidentTab; readonly incident: string }) {
  switch (tab) {
    case 'history':
      return <HistoryTab incident={incident} />;
    case 'artifacts':
      return <ArtifactsTab incident={incident} />;
    case 'notices':
      return <NoticesTab incident={incident} />;
    case 'plan':
      return <PlanTab incident={incident} />;
    case 'packs':
      return <PacksTab incident={incident} />;
  }
}
