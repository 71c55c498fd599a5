import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { joinNames } from '../../shared/format/count.ts';
import { IconUser } from '../../shared/ui/icons.tsx';
import { LABEL_SIZES, setLabelSize, useLabelSize } from '../../shared/ui/label-size.ts';
import { Link } from '../../shared/ui/link.tsx';
import { currentViewer, isAdmin, isLoggedIn } from '../../shared/viewer/viewer.ts';
import classes from './account-menu.module.css';

const ROLES = {
  VIEWER: 'You can read.',
  ANALYST: 'You can read, import and edit.',
  ADMIN: 'You can do everything.',
} as const;

/** Shows the person who reads the page, what that person may see, and the way to log out. */
export function AccountMenu() {
  const [isOpen, setOpen] = useState(false);
  const { name, role, canExport, labs } = currentViewer();
  const close = () => setOpen(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={280} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="Account" disabled={isOpen}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label="Account"
            aria-expanded={isOpen}
            onClick={() => setOpen((open) => !open)}
          >
            <IconUser size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Account">
        <div className={classes.menu}>
          <p className={classes.name}>{isLoggedIn() ? name : 'This machine'}</p>
          <p className={classes.note}>
            {isLoggedIn() ? ROLES[role] : 'No log-in is needed here: everybody on this machine can do everything.'}
            {isLoggedIn() && !canExport && ' You cannot download lists.'}
          </p>
          {labs !== null && <p className={classes.note}>{boundSentence(labs.map((lab) => lab.name))}</p>}
          <LabelSizeSetting />
          {isAdmin() && (
            <Link href="/audit" onClick={close}>
              Audit trail
            </Link>
          )}
          {isLoggedIn() && <a href="/auth/sessions">Sessions</a>}
          {isLoggedIn() && (
            <form method="post" action="/auth/logout">
              <Button type="submit" variant="default" fullWidth>
                Log out
              </Button>
            </form>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function LabelSizeSetting() {
  const size = useLabelSize();
  return (
    <fieldset className={classes.sizes}>
      <legend>Label size of pictures</legend>
      {LABEL_SIZES.map((each) => (
        <label key={each}>
          <input type="radio" name="label-size" checked={each === size} onChange={() => setLabelSize(each)} />
          {each}%
        </label>
      ))}
    </fieldset>
  );
}

function boundSentence(labs: readonly string[]): string {
  return labs.length === 0 ? 'Your labs are not recorded yet, so there is nothing to see.' : `You see what ${joinNames(labs)} may be told.`;
}
