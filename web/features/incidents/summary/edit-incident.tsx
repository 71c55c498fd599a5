import { Button, MultiSelect, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { type ComponentType, useMemo, useState } from 'react';
import { askChange, Refused } from '../../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../../shared/changes/change-form.tsx';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { DATE_TIME_PLACEHOLDER } from '../../../shared/format/typed-date.ts';
import type { IncidentWholeFragment } from '../../../shared/generated/operations.ts';
import { ChangeIncidentDocument, OneIncidentDocument, OriginEngagementsDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { type Column, DataTable } from '../../../shared/lists/data-table.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { WindowInputs } from '../../../shared/windows/window-inputs.tsx';
import { CAUSE_WORDS, optionsOf, STATE_WORDS } from '../incident-words.ts';
import classes from '../incidents.module.css';
import type { Draft, ScopeDraft } from './draft.ts';
import { changesOf, differencesOf, draftOf } from './draft.ts';
import type { Named } from './name-chips.tsx';
import { NameChips } from './name-chips.tsx';

export interface PickerProps {
  readonly label: string;
  readonly onPick: (id: string, name: string) => void;
}

/** Search fields of another feature. */
export interface Pickers {
  readonly OrganizationPicker: ComponentType<PickerProps>;
  readonly ArtifactPicker: ComponentType<PickerProps>;
}

interface EditIncidentProps extends Pickers {
  readonly incident: IncidentWholeFragment;
  readonly onDone: () => void;
}

/** The form of an incident. If somebody saved it meanwhile, both versions are shown, and nothing is overwritten. */
export function EditIncident({ incident, onDone, OrganizationPicker, ArtifactPicker }: EditIncidentProps) {
  const announce = useAnnounce();
  const [opened, setOpened] = useState(incident);
  const [draft, setDraft] = useState(() => draftOf(incident));
  const [theirs, setTheirs] = useState<{ readonly incident: IncidentWholeFragment; readonly sentence: string } | null>(null);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });

  const save = async (): Promise<Refused | undefined> => {
    const changes = changesOf(draft, opened);
    if (typeof changes === 'string') return new Refused({ message: changes });
    if (Object.keys(changes).length > 0) {
      const input = { id: opened.id, ifVersion: opened.version, ...changes };
      const saved = await askChange(ChangeIncidentDocument, { input }, (data) => data.saveIncident);
      if (saved instanceof Refused) {
        if (saved.code !== 'CONFLICT') return saved;
        const answer = await client.query({ query: OneIncidentDocument, variables: { incident: opened.id } });
        if (answer.data?.incident == null) return saved;
        setTheirs({ incident: answer.data.incident, sentence: saved.sentence });
        return;
      }
      announce('Incident saved.');
    }
    onDone();
  };
  const resolve = (next: Draft, base: IncidentWholeFragment) => {
    setDraft(next);
    setOpened(base);
    setTheirs(null);
  };

  return (
    <div className={classes.card}>
      <ChangeForm
        label="Edit the incident"
        isOpened
        head={
          <>
            <div className={classes.grid}>
              <TextInput
                label="Name"
                value={draft.name}
                maxLength={500}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
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
            <ScopeFields
              origins={draft.origins}
              scope={draft.scope}
              onChange={(scope) => change({ scope })}
              ArtifactPicker={ArtifactPicker}
            />
          </>
        }
        fields={[]}
        start={{}}
        submit="Save"
        save={save}
        onCancel={onDone}
        instead={
          theirs === null ? undefined : (
            <>
              <p className={classes.problem} role="alert">
                {theirs.sentence}
              </p>
              <ConflictPanel mine={draft} theirs={draftOf(theirs.incident)} onResolve={(next) => resolve(next, theirs.incident)} />
            </>
          )
        }
      />
    </div>
  );
}

/** The pressed button is gone. */
function focusOnce(heading: HTMLElement | null): void {
  heading?.focus();
}

interface ConflictPanelProps {
  readonly mine: Draft;
  /** The version that somebody else saved. */
  readonly theirs: Draft;
  readonly onResolve: (draft: Draft) => void;
}

/** Two versions of an incident side by side. The person chooses field by field; nothing is saved yet. */
function ConflictPanel({ mine, theirs, onResolve }: ConflictPanelProps) {
  const differences = differencesOf(mine, theirs);
  const [taken, setTaken] = useState<ReadonlySet<keyof Draft>>(new Set());
  const choose = (field: keyof Draft, isTheirs: boolean) => {
    const next = new Set(taken);
    if (isTheirs) next.add(field);
    else next.delete(field);
    setTaken(next);
  };
  const resolved = () => {
    const fields = [...taken].map((field) => [field, theirs[field]]);
    return { ...mine, ...Object.fromEntries(fields) } as Draft;
  };
  const version = (key: 'mine' | 'theirs', title: string): Column<(typeof differences)[number]> => ({
    key,
    title,
    cell: (difference) => (
      <label>
        <input
          type="radio"
          name={difference.field}
          checked={taken.has(difference.field) === (key === 'theirs')}
          onChange={() => choose(difference.field, key === 'theirs')}
        />{' '}
        {difference[key]}
      </label>
    ),
  });
  const columns: readonly Column<(typeof differences)[number]>[] = [
    { key: 'field', title: 'Field', isName: true, cell: ({ label }) => label },
    version('mine', 'Yours'),
    version('theirs', 'Saved by the other'),
  ];
  return (
    <section className={classes.conflict} aria-label="Two versions">
      <h2 ref={focusOnce} tabIndex={-1}>
        Somebody saved the incident while you edited it
      </h2>
      {differences.length === 0 ? (
        <p>Both versions say the same.</p>
      ) : (
        <DataTable look="plain" label="Fields that differ" columns={columns} rows={differences} keyOf={({ field }) => field} />
      )}
      <div className={classes.buttons}>
        <Button onClick={() => onResolve(resolved())}>Continue with this choice</Button>
        <Button variant="default" onClick={() => onResolve(theirs)}>
          Take the saved version
        </Button>
      </div>
    </section>
  );
}

interface ScopeFieldsProps extends Pick<Pickers, 'ArtifactPicker'> {
  readonly origins: readonly Named[];
  readonly scope: readonly ScopeDraft[];
  readonly onChange: (scope: readonly ScopeDraft[]) => void;
}

/** The claimed scope of each origin: what it says was touched. Without one, everything that the origin holds counts. */
function ScopeFields({ origins, scope, onChange, ArtifactPicker }: ScopeFieldsProps) {
  return (
    <fieldset className={classes.scope}>
      <legend>Claimed scope</legend>
      <p className={classes.note}>
        What a compromised organization says was touched. A copy outside it is possible at most; without a scope, every copy counts.
      </p>
      {origins.map((origin) => {
        const own = scope.find((one) => one.origin === origin.id);
        const others = scope.filter((one) => one.origin !== origin.id);
        if (own === undefined) {
          const empty = { origin: origin.id, artifacts: [], engagements: [], channels: [] };
          return (
            <p key={origin.id}>
              <Button variant="default" size="compact-sm" onClick={() => onChange([...scope, empty])}>
                Limit {origin.name} to a scope
              </Button>
            </p>
          );
        }
        return (
          <OneScope
            key={origin.id}
            origin={origin}
            scope={own}
            onChange={(next) => onChange(next === null ? others : [...others, next])}
            ArtifactPicker={ArtifactPicker}
          />
        );
      })}
    </fieldset>
  );
}

interface OneScopeProps extends Pick<Pickers, 'ArtifactPicker'> {
  readonly origin: Named;
  readonly scope: ScopeDraft;
  readonly onChange: (scope: ScopeDraft | null) => void;
}

function OneScope({ origin, scope, onChange, ArtifactPicker }: OneScopeProps) {
  const { data } = useQuestion(
    OriginEngagementsDocument,
    useMemo(() => ({ origin: origin.id }), [origin.id]),
  );
  const engagements = (data?.organization?.clients.edges ?? []).map(({ node }) => node);
  const known = new Set(engagements.map(({ id }) => id));
  const options = [
    ...engagements.map(({ id, service, client }) => ({
      value: id,
      label: `${client.name}: ${service ?? 'service not stated'} (${showHidden(id)})`,
    })),
    ...scope.engagements.filter((id) => !known.has(id)).map((id) => ({ value: id, label: id })),
  ];
  const channels = [...new Set((data?.organization?.received.edges ?? []).flatMap(({ node }) => node.channel ?? []))];
  return (
    <div className={classes.oneScope}>
      <h2>Only this at {origin.name}</h2>
      <NameChips
        label="Artifacts"
        names={scope.artifacts}
        onRemove={(id) => onChange({ ...scope, artifacts: scope.artifacts.filter((one) => one.id !== id) })}
      />
      <ArtifactPicker
        label="Add an artifact to the scope"
        onPick={(id, name) => onChange({ ...scope, artifacts: [...scope.artifacts.filter((one) => one.id !== id), { id, name }] })}
      />
      <MultiSelect
        label="Engagements"
        placeholder="Projects of its clients"
        searchable
        data={options}
        value={[...scope.engagements]}
        onChange={(next) => onChange({ ...scope, engagements: next })}
      />
      <TagsInput
        label="Channels"
        description="As the transfers name them, such as a bucket or a portal. Press Enter after each."
        data={channels.map((channel) => ({ value: channel, label: showHidden(channel) }))}
        value={[...scope.channels]}
        onChange={(next) => onChange({ ...scope, channels: next })}
      />
      <p>
        <Button variant="default" size="compact-sm" onClick={() => onChange(null)}>
          Remove this scope
        </Button>
      </p>
    </div>
  );
}
