import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DATE_TIME_PLACEHOLDER } from '../../../shared/format/typed-date.ts';
import { ChangeIncidentDocument, type IncidentWholeFragment, OneIncidentDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorCode, errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../../shared/graphql/facts-epoch.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { WindowInputs } from '../../../shared/windows/window-inputs.tsx';
import { CAUSE_WORDS, optionsOf, STATE_WORDS } from '../incident-words.ts';
import classes from '../incidents.module.css';
import type { Pickers } from '../pickers.ts';
import { ConflictPanel } from './conflict-panel.tsx';
import { changesOf, type Draft, draftOf } from './draft.ts';
import { NameChips } from './name-chips.tsx';
import { ScopeFields } from './scope-fields.tsx';

interface EditIncidentProps extends Pickers {
  readonly incident: IncidentWholeFragment;
  readonly onDone: () => void;
}

/** The form of an incident. If somebody saved it meanwhile, both versions are shown, and nothing is overwritten. */
export function EditIncident({ incident, onDone, OrganizationPicker, ArtifactPicker }: EditIncidentProps) {
  const announce = useAnnounce();
  const [opened, setOpened] = useState(incident);
  const [draft, setDraft] = useState(() => draftOf(incident));
  const [theirs, setTheirs] = useState<IncidentWholeFragment | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });

  const save = async (base: IncidentWholeFragment, next: Draft) => {
    const changes = changesOf(next, base);
    if (typeof changes === 'string') return setProblem(changes);
    if (Object.keys(changes).length === 0) return onDone();
    setSaving(true);
    setProblem(null);
    try {
      const input = { id: base.id, ifVersion: base.version, ...changes };
      const { data } = await client.mutate({ mutation: ChangeIncidentDocument, variables: { input } });
      const faults = data?.saveIncident.userErrors ?? [];
      if (faults.length > 0) return setProblem(faults.map(({ message }) => message).join(' '));
      announce('Incident saved.');
      factsChanged();
      onDone();
    } catch (error) {
      if (errorCode(error) !== 'CONFLICT') return setProblem(errorSentence(error));
      const answer = await client.query({ query: OneIncidentDocument, variables: { incident: base.id } });
      setTheirs(answer.data?.incident ?? null);
      setProblem(errorSentence(error));
    } finally {
      setSaving(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save(opened, draft);
  };
  const resolve = (next: Draft, base: IncidentWholeFragment) => {
    setDraft(next);
    setOpened(base);
    setTheirs(null);
    setProblem(null);
  };

  return (
    <form className={classes.card} onSubmit={onSubmit} aria-label="Edit the incident">
      <div className={classes.grid}>
        <TextInput label="Name" value={draft.name} maxLength={500} onChange={(event) => change({ name: event.currentTarget.value })} />
        <NativeSelect
          label="State"
          data={optionsOf(STATE_WORDS)}
          value={draft.state}
          onChange={(event) => change({ state: event.currentTarget.value as Draft['state'] })}
        />
        <TextInput
          label="Discovered, in UTC"
          placeholder={DATE_TIME_PLACEHOLDER}
          value={draft.discovered}
          onChange={(event) => change({ discovered: event.currentTarget.value })}
        />
        <NativeSelect
          label="Cause"
          data={optionsOf(CAUSE_WORDS)}
          value={draft.cause}
          onChange={(event) => change({ cause: event.currentTarget.value as Draft['cause'] })}
        />
        <div className={classes.wholeRow}>
          <NameChips
            label="Origins"
            names={draft.origins}
            onRemove={(id) => change({ origins: draft.origins.filter((origin) => origin.id !== id) })}
          />
          <OrganizationPicker
            label="Add an origin"
            onPick={(id, name) => change({ origins: [...draft.origins.filter((origin) => origin.id !== id), { id, name }] })}
          />
        </div>
        <WindowInputs label="Core" value={draft.core} onChange={(core) => change({ core })} />
        <WindowInputs label="Widest" value={draft.widest} onChange={(widest) => change({ widest })} />
      </div>
      <ScopeFields origins={draft.origins} scope={draft.scope} onChange={(scope) => change({ scope })} ArtifactPicker={ArtifactPicker} />
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {theirs === null ? (
        <div className={classes.buttons}>
          <Button type="submit" loading={isSaving}>
            Save
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </div>
      ) : (
        <ConflictPanel mine={draft} theirs={draftOf(theirs)} onResolve={(next) => resolve(next, theirs)} />
      )}
    </form>
  );
}
