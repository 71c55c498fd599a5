import { Button, Checkbox, Popover } from '@mantine/core';
import { capitalize, ROLE_ORDER, ROLE_WORDS } from '../../../shared/format/words.ts';
import type { OrganizationRole } from '../../../shared/generated/operations.ts';
import { IconFilter } from '../../../shared/ui/icons.tsx';
import classes from '../rankings.module.css';

interface RoleFilterProps {
  readonly roles: readonly OrganizationRole[];
  readonly onChange: (roles: readonly OrganizationRole[]) => void;
}

/** Which roles a ranking lists; none chosen means all. */
export function RoleFilter({ roles, onChange }: RoleFilterProps) {
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} stroke={1.8} />}>
          {roles.length === 0 ? 'All roles' : `${roles.length} of ${ROLE_ORDER.length} roles`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Roles">
        <div className={classes.form}>
          {ROLE_ORDER.map((role) => (
            <Checkbox
              key={role}
              label={capitalize(ROLE_WORDS[role])}
              checked={roles.includes(role)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? ROLE_ORDER.filter((other) => other === role || roles.includes(other))
                    : roles.filter((other) => other !== role),
                )
              }
            />
          ))}
          {roles.length > 0 && (
            <Button variant="default" size="compact-sm" onClick={() => onChange([])}>
              All roles
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
