import { Button, Menu, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useEffect, useMemo, useState } from 'react';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { joinSome } from '../../shared/format/count.ts';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../shared/format/typed-date.ts';
import type { IncidentCause, IncidentStateQuery } from '../../shared/generated/operations.ts';
import {
  IncidentStateDocument,
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
import { incidentHref } from '../../shared/url/blast-radius-url.ts';
import type { IncidentTab } from '../../shared/url/incidents-url.ts';
import { INCIDENT_TABS, oneIncidentHref, parseIncidentsState } from '../../shared/url/incidents-url.ts';
import { navigate, useLocation } from '../../shared/url/location.ts';
import { exportHref } from '../../shared/url/redaction.ts';
import { canExport, canWrite } from '../../shared/viewer/viewer.ts';
import { WatchThis } from '../../shared/watches/watch-this.tsx';
import { watchRadius } from '../../shared/watches/watchable.ts';
import { parseTypedRange, RANGE_ADVICE } from '../../shared/windows/typed-range.ts';
import { ArtifactsTab } from './artifacts-tab.tsx';
import { askChange } from './ask-change.ts';
import { HistoryTab } from './history-tab.tsx';
import { IncidentList } from './incident-list.tsx';
import { CAUSE_WORDS, optionsOf } from './incident-words.ts';
import classes from './incidents.module.css';
import { NoticesTab } from './notices-tab.tsx';
import { PacksTab } from './packs-tab.tsx';
import type { Pickers } from './pickers.ts';
import { PlanTab } from './plan-tab.tsx';
import { EditIncident } from './summary/edit-incident.tsx';
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
              <header className={classes.head}>
                <div>
                  <p className={classes.crumb}>
                    <Link href="/incidents">Incidents</Link>
                  </p>
                  <h1>{incident.name}</h1>
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
              <IncidentFigures incident={id} />
              {isEditing ? (
                <EditIncident key="edit" incident={incident} {...pickers} onDone={() => setEditing(false)} />
              ) : (
                <IncidentFacts incident={incident} />
              )}
              {incident.advisory !== null && <ProposedFrom incident={id} advisory={incident.advisory.id} />}
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

/** The form of a new incident. Only an origin is needed; dates can follow as facts come in. */
function NewIncident({ origins: ids, OrganizationPicker }: Pickers & { readonly origins: readonly string[] }) {
  const announce = useAnnounce();
  const [origins, setOrigins] = useState<readonly Named[]>([]);
  const [name, setName] = useState<string | null>(null);
  const [discovered, setDiscovered] = useState(() => formatTypedDate(new Date().toISOString(), 'start'));
  const [cause, setCause] = useState<IncidentCause>('UNKNOWN');
  const [core, setCore] = useState('');
  const [widest, setWidest] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
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

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const today = new Date().toISOString();
    const discoveredAt = discovered.trim() === '' ? null : parseTypedDate(discovered, 'start');
    const windows = [core, widest].map((text) => (text.trim() === '' ? null : parseTypedRange(text, today)));
    if (origins.length === 0) return setProblem('Choose at least one compromised organization.');
    if (discovered.trim() !== '' && discoveredAt === null) return setProblem(`Discovered: ${DATE_TIME_ADVICE}`);
    if (core.trim() !== '' && windows[0] === null) return setProblem(`Core window: ${RANGE_ADVICE}`);
    if (widest.trim() !== '' && windows[1] === null) return setProblem(`Widest window: ${RANGE_ADVICE}`);
    setSaving(true);
    const input = {
      name: (name ?? suggested).trim(),
      origins: origins.map(({ id }) => id),
      discoveredAt,
      cause,
      core: windows[0] ?? null,
      widest: windows[1] ?? null,
    };
    const saved = await askChange(OpenIncidentDocument, { input }, (data) => data.saveIncident);
    setSaving(false);
    if (typeof saved === 'string' || saved.incident === null)
      return setProblem(typeof saved === 'string' ? saved : 'Not saved. Try again.');
    announce(`Opened the incident ${saved.incident.name}.`);
    navigate(oneIncidentHref(saved.incident.id));
  };

  return (
    <ScrollBox label="New incident" className={classes.page}>
      <form className={classes.narrow} onSubmit={save}>
        <header className={classes.head}>
          <div>
            <h1>New incident</h1>
            <p>Only the compromised organization is needed now. Everything else can change as facts come in.</p>
          </div>
        </header>
        <section className={classes.card}>
          <NameChips
            label="Compromised organizations"
            names={origins}
            onRemove={(id) => setOrigins(origins.filter((origin) => origin.id !== id))}
          />
          <OrganizationPicker
            label="Add a compromised organization"
            onPick={(id, picked) => setOrigins([...origins.filter((origin) => origin.id !== id), { id, name: picked }])}
          />
          <TextInput label="Name" value={name ?? suggested} maxLength={500} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput
            label="Discovered, in UTC"
            description="Notice terms run from this instant. Empty: not known."
            placeholder={DATE_TIME_PLACEHOLDER}
            value={discovered}
            onChange={(event) => setDiscovered(event.currentTarget.value)}
          />
          <NativeSelect
            label="Cause"
            description="Notices state it. It changes no answer."
            data={optionsOf(CAUSE_WORDS)}
            value={cause}
            onChange={(event) => setCause(event.currentTarget.value as IncidentCause)}
          />
          <TextInput
            label="Core window"
            description="The attacker was certainly inside. Empty: as the widest window."
            placeholder="Sep 24 08:30 - 11:25"
            value={core}
            onChange={(event) => setCore(event.currentTarget.value)}
          />
          <TextInput
            label="Widest window"
            description="The attacker may have been inside. If both are empty: what is held now."
            placeholder="Sep 19 - Oct 1"
            value={widest}
            onChange={(event) => setWidest(event.currentTarget.value)}
          />
          {problem !== null && (
            <p className={classes.problem} role="alert">
              {problem}
            </p>
          )}
          <div className={classes.buttons}>
            <Button type="submit" loading={isSaving}>
              Open incident
            </Button>
            <Button variant="default" onClick={() => navigate('/incidents')}>
              Cancel
            </Button>
          </div>
        </section>
      </form>
    </ScrollBox>
  );
}
