import { Button, Popover, Switch, TextInput, Tooltip } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { formatDay, formatInstantUtc } from '../../shared/format/instant.ts';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../shared/format/typed-date.ts';
import { IconEyeOff, IconHistory } from '../../shared/ui/icons.tsx';
import { useLocationPart } from '../../shared/url/location.ts';
import { readInstant } from '../../shared/url/params.ts';
import { changeKnownAt, changeRedaction } from '../../shared/viewer/change-shared.ts';
import classes from './then-and-now.module.css';

/** In the top bar: as of whose records every view answers, and whether names are hidden. */
export function ViewMenu() {
  const knownAt = useLocationPart(({ params }) => readInstant(params.get('knownAt')));
  const isRedacting = useLocationPart(({ params }) => params.get('redact') === 'names');
  const [isOpen, setOpen] = useState(false);
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

interface ViewFormProps {
  readonly knownAt: string | null;
  readonly isRedacting: boolean;
  readonly onDone: () => void;
}

function ViewForm({ knownAt, isRedacting, onDone }: ViewFormProps) {
  const [text, setText] = useState(knownAt === null ? '' : formatTypedDate(knownAt, 'end'));
  const [problem, setProblem] = useState<string | null>(null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const instant = text.trim() === '' ? null : parseTypedDate(text, 'end');
    if (instant === null && text.trim() !== '') return setProblem(`Known at: ${DATE_TIME_ADVICE}`);
    if (instant !== null && Date.parse(instant) > Date.now()) return setProblem('Known at: this is in the future. Choose an earlier date.');
    changeKnownAt(instant);
    onDone();
  };
  return (
    <form className={classes.form} onSubmit={apply}>
      <TextInput
        label="As known at (UTC)"
        description="Every view answers from the records as they were then. Blank: now."
        placeholder={DATE_TIME_PLACEHOLDER}
        value={text}
        error={problem}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit">Show</Button>
        {knownAt !== null && (
          <Button
            variant="default"
            onClick={() => {
              changeKnownAt(null);
              onDone();
            }}
          >
            Back to now
          </Button>
        )}
      </div>
      <Switch
        label="Hide names for sharing"
        description="Stand-ins such as “Vendor 3” take the place of names, ids and attributes: on every page, in pictures and in exports."
        checked={isRedacting}
        onChange={(event) => void changeRedaction(event.currentTarget.checked)}
      />
    </form>
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
