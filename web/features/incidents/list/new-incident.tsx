import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { joinSome } from '../../../shared/format/count.ts';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../../shared/format/typed-date.ts';
import { type IncidentCause, OpenIncidentDocument, OrganizationsNamedDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { oneIncidentHref } from '../../../shared/url/incidents-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { parseTypedRange, RANGE_ADVICE } from '../../../shared/windows/typed-range.ts';
import { askChange } from '../ask-change.ts';
import { CAUSE_WORDS, optionsOf } from '../incident-words.ts';
import classes from '../incidents.module.css';
import type { Pickers } from '../pickers.ts';
import { NameChips, type Named } from '../summary/name-chips.tsx';

/** The form of a new incident. Only an origin is needed; dates can follow as facts come in. */
export function NewIncident({ origins: ids, OrganizationPicker }: Pickers & { readonly origins: readonly string[] }) {
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
