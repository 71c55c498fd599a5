import { ActionIcon, Checkbox, NumberInput } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { formatShare } from '../../../shared/format/share.ts';
import { OrganizationIcon } from '../../../shared/marks/kind-icon.tsx';
import { IconX } from '../../../shared/ui/icons.tsx';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import { windowInput } from '../question-variables.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import originsFormClasses from './forms.module.css';

/** A search field for organizations. The page passes it in, because features do not import each other. */
export type OriginPicker = ComponentType<{ readonly onPick: (id: string) => void; readonly label: string; readonly autoFocus?: boolean }>;

interface OriginsFormProps {
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  readonly change: ChangeBlast;
  readonly OriginPicker: OriginPicker;
}

/** The organizations that are assumed compromised, and those that may have been. Several have one joint radius. */
export function OriginsForm({ radius, state, change, OriginPicker }: OriginsFormProps) {
  const ids = radius.origins.map((origin) => origin.id);
  const suspects = radius.suspectedOrigins.map(({ organization, likelihood }) => ({ id: organization.id, likelihood }));
  const [percent, setPercent] = useState<number | string>(50);
  const share = Number(percent) / 100;
  const isShare = percent !== '' && share > 0 && share <= 1;
  const removeSuspect = (id: string) => {
    const left = suspects.filter((one) => one.id !== id);
    change({ suspects: left.length === 0 && state.incident === null ? null : left, selection: null });
  };
  /** Without a core, the widest window is the only one. */
  const setCore = (hasCore: boolean) => {
    const isDefault = hasCore && state.incident === null;
    change({ hasCore: isDefault ? null : hasCore, ...(hasCore ? {} : { core: null, widest: windowInput(radius.widest) }) });
  };
  return (
    <div className={originsFormClasses.form}>
      <h2>Compromised organizations</h2>
      <ul className={originsFormClasses.list}>
        {radius.origins.map((origin) => (
          <li key={origin.id}>
            <OrganizationIcon roles={origin.roles} />
            <span className={originsFormClasses.name}>{origin.name}</span>
            {(state.incident === null ? ids.length + suspects.length : ids.length) > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={24}
                aria-label={`Remove ${origin.name}`}
                onClick={() => change({ origins: ids.filter((id) => id !== origin.id), selection: null })}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <OriginPicker label="Add an organization" onPick={(id) => change({ origins: [...new Set([...ids, id])] })} />
      <h2>May have been compromised</h2>
      {suspects.length > 0 && (
        <ul className={originsFormClasses.list} aria-label="Suspected organizations">
          {radius.suspectedOrigins.map(({ organization, likelihood }) => (
            <li key={organization.id}>
              <OrganizationIcon roles={organization.roles} />
              <span className={originsFormClasses.name}>
                {organization.name} · {formatShare(likelihood)}
              </span>
              {ids.length + suspects.length > 1 && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={24}
                  aria-label={`Remove ${organization.name}`}
                  onClick={() => removeSuspect(organization.id)}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      <NumberInput
        label="Likelihood, in percent"
        min={0}
        max={100}
        suffix="%"
        value={percent}
        onChange={setPercent}
        error={isShare ? null : 'Enter a percentage above 0, at most 100.'}
      />
      <OriginPicker
        label="Add a suspected organization"
        onPick={(id) => {
          if (isShare) change({ suspects: [...suspects.filter((one) => one.id !== id), { id, likelihood: share }] });
        }}
      />
      <Checkbox
        label="There is a core: a time in which the attacker was certainly inside"
        checked={radius.hasCore}
        onChange={(event) => setCore(event.currentTarget.checked)}
      />
      <p className={originsFormClasses.note}>
        A suspected organization, and any without a core, makes artifacts possible, never exposed. Several origins together can expose more
        than each alone, because pieces of one artifact can be combined.
      </p>
    </div>
  );
}
