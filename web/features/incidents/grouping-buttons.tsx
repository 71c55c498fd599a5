import { Button } from '@mantine/core';
import type { Grouping } from '../../shared/url/incidents-url.ts';
import { GROUPINGS } from '../../shared/url/incidents-url.ts';
import classes from './incidents.module.css';

interface GroupingButtonsProps {
  readonly by: Grouping;
  /** The name of the second grouping. */
  readonly notifier: string;
  readonly onChange: (by: Grouping) => void;
}

/** By lab, by organization, or one by one. */
export function GroupingButtons({ by, notifier, onChange }: GroupingButtonsProps) {
  const words = { lab: 'By lab', notifier, flat: 'Flat' } as const;
  return (
    <Button.Group aria-label="Grouping">
      {GROUPINGS.map((one) => (
        <Button key={one} variant="default" className={classes.grouping} aria-pressed={one === by} onClick={() => onChange(one)}>
          {words[one]}
        </Button>
      ))}
    </Button.Group>
  );
}
