import { Button, Menu, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { askChange, Refused } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { formatCount, joinSome } from '../../shared/format/count.ts';
import { formatTypedDate } from '../../shared/format/typed-date.ts';
import { incidentWords } from '../../shared/format/words.ts';
import type { IncidentCause, IncidentStateQuery } from '../../shared/generated/operations.ts';
import {
  IncidentStateDocument,
  IncidentTabCountsDocument,
  OneIncidentDocument,
  OpenIncidentDocument,
  OrganizationsNamedDocument,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useWatch } from '../../shared/graphql/use-watch.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { showInStrip } from '../../shared/ui/show-in-strip.ts';
import { incidentHref } from '../../shared/url/blast-radius-url.ts';
import type { IncidentTab } from '../../shared/url/incidents-url.ts';
import { INCIDENT_TABS, oneIncidentHref, parseIncidentsState } from '../../shared/url/incidents-url.ts';
import { navigate, useLocation } from '../../shared/url/location.ts';
import { exportHref } from '../../shared/url/shared-parameters.ts';
import { canExport, canWrite } from '../../shared/viewer/viewer.ts';
import { WatchThis } from '../../shared/watches/watch-this.tsx';
import { watchRadius } from '../../shared/watches/watchable.ts';
import { parseTypedRange, RANGE_ADVICE } from '../../shared/windows/typed-range.ts';
import { ArtifactsTab } from './artifacts-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { IncidentList } from './incident-list.tsx';
import { CAUSE_WORDS, optionsOf, STATE_WORDS } from './incident-words.ts';
import classes from './incidents.module.css';
import { NoticesTab } from './notices/notices-tab.tsx';
import { PacksTab } from './packs/packs-tab.tsx';
import { PlanTab } from './plan-tab.tsx';
import { EditIncident, type Pickers } from './summary/edit-incident.tsx';
import { IncidentFacts } from './summary/incident-facts.tsx';
import { IncidentFigures } from './summary/incident-figures.tsx';
import type { Named } from './summary/name-chips.tsx';
import { NameChips } from './summary/name-chips.tsx';
import { NextStep } from './summary/next-step.tsx';
import { ProposedFrom } from './summary/proposed-from.tsx';

/** The Incidents page: the list, the form of a new incident, or one incident. */
export function IncidentsView(pickers: Pickers) {
  const { path, params } = useLocation();
  const state = parseIncidentsState(path, params);
  switch (state.view) {
    case 'list':
      return <IncidentList />;
    case 'new':
      return <NewIncident origins={state.origins} {...pickers} />;
    case 'one':
      return <OneIncident key={state.incident} incident={state.incident} tab={state.tab} {...pickers} />;
  }
}

const TAB_WORDS: Readonly<Record<IncidentTab, string>> = {
  history: 'Summary',
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
function OneIncident({ incident: id, tab, ...pickers }: OneIncidentProps) {
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
              {/* A printed pack has the figures of its lab alone. */}
              <header className={classes.head} data-screen-only={tab === 'packs' || undefined}>
                <div>
                  <p className={classes.crumb}>
                    <Link href="/incidents">Incidents</Link> / {incidentWords(incident.id)}{' '}
                    <span className={classes.state} data-state={incident.state}>
                      {STATE_WORDS[incident.state]}
                    </span>
                  </p>
                  <h1>{incident.name}</h1>
                  <IncidentFigures incident={id} />
                </div>
                <div className={classes.buttons} data-screen-only>
                  <WatchThis
                    choices={[
                      watchRadius({ incident: id }, incident.name),
                      { title: `Notices of ${incident.name}`, asks: { kind: 'NOTICE', incident: id } },
                    ]}
                  />
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
              {isEditing && <EditIncident key="edit" incident={incident} {...pickers} onDone={() => setEditing(false)} />}
              <IncidentTabs incident={id} tab={tab} />
              {tab === 'history' && (
                <>
                  {!isEditing && <IncidentFacts incident={incident} />}
                  {incident.advisory !== null && <ProposedFrom incident={id} advisory={incident.advisory.id} />}
                  {incident.state !== 'CLOSED' && <NextStep incident={id} />}
                </>
              )}
              <Tab tab={tab} incident={id} />
            </div>
          )
        }
      </AnswerFrame>
    </ScrollBox>
  );
}

/** The tabs, with the server's counts. */
function IncidentTabs({ incident: id, tab }: { readonly incident: string; readonly tab: IncidentTab }) {
  const { data } = useQuestion(
    IncidentTabCountsDocument,
    useMemo(() => ({ incident: id }), [id]),
  );
  const counts: Partial<Record<IncidentTab, number | undefined>> = {
    artifacts: data?.blastRadius?.artifacts.totalCount,
    notices: data?.incident?.noticeCounts.total,
    plan: data?.incident?.planStepCount,
    packs: data?.incident?.noticeGroups.totalCount,
  };
  return (
    <nav className={classes.tabs} aria-label="Work on the incident">
      {INCIDENT_TABS.map((one) => (
        <Link
          key={one}
          // A new function for each drawing: the counts that arrive move the tabs, so the strip scrolls again.
          ref={one === tab ? (chosen: HTMLElement | null) => showInStrip(chosen) : null}
          href={oneIncidentHref(id, one)}
          aria-current={one === tab ? 'page' : undefined}
        >
          {TAB_WORDS[one]} {counts[one] !== undefined && <small>{formatCount(counts[one])}</small>}
        </Link>
      ))}
    </nav>
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

/** The form of a new incident. Only an origin is needed; dates can follow as facts come in. */
function NewIncident({ origins: ids, OrganizationPicker }: Pickers & { readonly origins: readonly string[] }) {
  const announce = useAnnounce();
  const [origins, setOrigins] = useState<readonly Named[]>([]);
  const [name, setName] = useState<string | null>(null);
  const [now] = useState(() => new Date().toISOString());
  const [problem, setProblem] = useState<string | null>(null);
  const key = JSON.stringify(ids);
  useEffect(() => {
    const asked = (JSON.parse(key) as string[]).map((id) => client.query({ query: OrganizationsNamedDocument, variables: { id } }));
    void Promise.all(asked).then(
      (answers) => setOrigins(answers.flatMap(({ data }) => data?.organization ?? [])),
      () => setProblem('The organizations of this address could not be read. Choose them below.'),
    );
  }, [key]);
  const suggested =
    origins.length === 0
      ? ''
      : `${joinSome(
          origins.map((origin) => origin.name),
          2,
        )} compromised`;

  const save = async (texts: Readonly<Record<'discovered' | 'cause' | 'core' | 'widest', string>>) => {
    if (origins.length === 0) return new Refused({ message: 'Choose at least one compromised organization.' });
    const read = (key: 'core' | 'widest') => (texts[key] === '' ? null : parseTypedRange(texts[key], new Date().toISOString()));
    const [core, widest] = [read('core'), read('widest')];
    const wrong = texts.core !== '' && core === null ? 'core' : texts.widest !== '' && widest === null ? 'widest' : null;
    if (wrong !== null) return new Refused({ path: [wrong], message: `“${texts[wrong]}” is no window. Please ${RANGE_ADVICE}` });
    const input = {
      name: (name ?? suggested).trim(),
      origins: origins.map(({ id }) => id),
      discoveredAt: texts.discovered || null,
      cause: texts.cause as IncidentCause,
      core,
      widest,
    };
    const saved = await askChange(OpenIncidentDocument, { input }, (data) => data.saveIncident);
    if (saved instanceof Refused) return saved;
    if (saved.incident === null) return new Refused({ message: 'Not saved. Try again.' });
    announce(`Opened the incident ${saved.incident.name}.`);
    navigate(oneIncidentHref(saved.incident.id));
  };

  return (
    <ScrollBox label="New incident" className={classes.page}>
      <div className={classes.narrow}>
        <header className={classes.head}>
          <div>
            <h1>New incident</h1>
            <p>Only the compromised organization is needed now. Everything else can change as facts come in.</p>
          </div>
        </header>
        <section className={classes.card}>
          <ChangeForm
            head={
              <>
                <NameChips
                  label="Compromised organizations"
                  names={origins}
                  onRemove={(id) => setOrigins(origins.filter((origin) => origin.id !== id))}
                />
                <OrganizationPicker
                  label="Add a compromised organization"
                  onPick={(id, picked) => setOrigins([...origins.filter((origin) => origin.id !== id), { id, name: picked }])}
                />
                <TextInput
                  label="Name"
                  value={name ?? suggested}
                  maxLength={500}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
                {problem !== null && (
                  <p className={classes.problem} role="alert">
                    {problem}
                  </p>
                )}
              </>
            }
            fields={[
              {
                name: 'discovered',
                label: 'Discovered, in UTC',
                note: 'Notice terms run from this instant. Empty: not known.',
                edge: 'start',
              },
              { name: 'cause', label: 'Cause', note: 'Notices state it. It changes no answer.', choices: optionsOf(CAUSE_WORDS) },
              {
                name: 'core',
                label: 'Core window',
                note: 'The attacker was certainly inside. Empty: as the widest window.',
                placeholder: 'Sep 24 08:30 - 11:25',
              },
              {
                name: 'widest',
                label: 'Widest window',
                note: 'The attacker may have been inside. If both are empty: what is held now.',
                placeholder: 'Sep 19 - Oct 1',
              },
            ]}
            start={{ discovered: formatTypedDate(now, 'start'), cause: 'UNKNOWN', core: '', widest: '' }}
            submit="Open incident"
            save={save}
            onCancel={() => navigate('/incidents')}
          />
        </section>
      </div>
    </ScrollBox>
  );
}
