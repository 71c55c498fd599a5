import { Popover, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { formatDay, formatInstantUtc } from '../../shared/format/instant.ts';
import { IconEyeOff, IconHistory } from '../../shared/ui/icons.tsx';
import { lazyPart, preloadWhenIdle } from '../../shared/ui/lazy-part.tsx';
import { useLocationPart } from '../../shared/url/location.ts';
import { readInstant } from '../../shared/url/params.ts';
import { changeKnownAt, changeRedaction } from '../../shared/viewer/change-shared.ts';
import classes from './then-and-now.module.css';

const ViewForm = lazyPart(async () => (await import('./view-form.tsx')).ViewForm);

/** In the top bar: as of whose records every view answers, and whether names are hidden. */
export function ViewMenu() {
  const knownAt = useLocationPart(({ params }) => readInstant(params.get('knownAt')));
  const isRedacting = useLocationPart(({ params }) => params.get('redact') === 'names');
  const [isOpen, setOpen] = useState(false);
  useEffect(() => preloadWhenIdle([ViewForm]), []);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={320} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="Show an earlier state of the records, or hide names" disabled={isOpen}>
          <button type="button" className={classes.open} aria-expanded={isOpen} onClick={() => setOpen((open) => !open)}>
            {isRedacting ? <IconEyeOff size={16} stroke={1.6} /> : <IconHistory size={16} stroke={1.6} />}
            <span>{knownAt === null ? 'Now' : formatDay(knownAt)}</span>
            <span className="visually-hidden">
              : the records {knownAt === null ? 'as known now' : 'as known then'}
              {isRedacting ? ', names hidden' : ''}
            </span>
          </button>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="What every view shows">
        {isOpen && <ViewForm knownAt={knownAt} isRedacting={isRedacting} onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

/** While a view shows an earlier state of the records, or hides names: says so, with the way back. */
export function ThenBanner() {
  const knownAt = useLocationPart(({ params }) => readInstant(params.get('knownAt')));
  const isRedacting = useLocationPart(({ params }) => params.get('redact') === 'names');
  if (knownAt === null && !isRedacting) return null;
  return (
    <aside className={classes.banner} aria-label="What this view shows">
      {knownAt !== null && (
        <p>
          <strong>As known at {formatInstantUtc(knownAt)}.</strong> Later records are left out.{' '}
          <button type="button" onClick={() => changeKnownAt(null)}>
            Back to now
          </button>
        </p>
      )}
      {isRedacting && (
        <p>
          <strong>Names are hidden.</strong> Stand-ins take their place, in exports too.{' '}
          <button type="button" onClick={() => void changeRedaction(false)}>
            Show names
          </button>
        </p>
      )}
    </aside>
  );
}
