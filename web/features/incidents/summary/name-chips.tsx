import { IconX } from '../../../shared/ui/icons.tsx';
import classes from '../incidents.module.css';

export interface Named {
  readonly id: string;
  readonly name: string;
}

interface NameChipsProps {
  readonly label: string;
  readonly names: readonly Named[];
  readonly onRemove: (id: string) => void;
}

/** A list of names that can be removed one by one. */
export function NameChips({ label, names, onRemove }: NameChipsProps) {
  return (
    <div>
      <p className={classes.label}>{label}</p>
      <ul className={classes.chips} aria-label={label}>
        {names.length === 0 && <li className={classes.note}>none</li>}
        {names.map(({ id, name }) => (
          <li key={id} className={classes.chip}>
            {name}
            <button type="button" aria-label={`Remove ${name}`} onClick={() => onRemove(id)}>
              <IconX size={14} stroke={2} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
