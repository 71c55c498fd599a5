import { ActionIcon } from '@mantine/core';
import { IconX } from '../../../shared/ui/icons.tsx';
import { OrganizationIcon } from '../../../shared/ui/kind-icon.tsx';
import type { RadiusAnswer } from '../lanes/lanes-radius.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './forms.module.css';
import type { OriginPicker } from './origin-picker.ts';

interface OriginsFormProps {
  readonly radius: RadiusAnswer;
  readonly change: ChangeBlast;
  readonly OriginPicker: OriginPicker;
}

/** The organizations that are assumed compromised. Several have one joint radius. */
export function OriginsForm({ radius, change, OriginPicker }: OriginsFormProps) {
  const ids = radius.origins.map((origin) => origin.id);
  return (
    <div className={classes.form}>
      <h2>Compromised organizations</h2>
      <ul className={classes.list}>
        {radius.origins.map((origin) => (
          <li key={origin.id}>
            <OrganizationIcon roles={origin.roles} />
            <span className={classes.name}>{origin.name}</span>
            {ids.length > 1 && (
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
      <p className={classes.note}>
        Several origins together can expose more than each alone, because pieces of one artifact can be combined.
      </p>
    </div>
  );
}
