import { Button, MultiSelect, TagsInput } from '@mantine/core';
import { useMemo } from 'react';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { OriginEngagementsDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import classes from '../incidents.module.css';
import type { Pickers } from '../pickers.ts';
import type { ScopeDraft } from './draft.ts';
import { NameChips, type Named } from './name-chips.tsx';

interface ScopeFieldsProps extends Pick<Pickers, 'ArtifactPicker'> {
  readonly origins: readonly Named[];
  readonly scope: readonly ScopeDraft[];
  readonly onChange: (scope: readonly ScopeDraft[]) => void;
}

/** The claimed scope of each origin: what it says was touched. Without one, everything that the origin holds counts. */
export function ScopeFields({ origins, scope, onChange, ArtifactPicker }: ScopeFieldsProps) {
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
