import type { CanvasView } from '../../../shared/url/blast-radius-url.ts';
import classes from './view-switch.module.css';

interface SwitchProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly word: string; readonly title?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** A row of buttons. Exactly one is on. */
export function Switch<T extends string>({ label, options, value, onChange }: SwitchProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className={classes.switch} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          title={option.title}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.word}
        </button>
      ))}
    </div>
  );
}

const VIEWS: readonly { readonly value: CanvasView; readonly word: string; readonly title: string }[] = [
  { value: 'lanes', word: 'Lanes', title: 'Every copy as a line. Best up to about 60 artifacts.' },
  { value: 'flows', word: 'Flows', title: 'A band for each holder and lab.' },
  { value: 'matrix', word: 'Matrix', title: 'Holders down, labs across, sums in the cells.' },
  { value: 'time', word: 'Time', title: 'What each holder held, and since when.' },
];

export function ViewSwitch({ value, onChange }: { readonly value: CanvasView; readonly onChange: (view: CanvasView) => void }) {
  return <Switch label="Canvas" options={VIEWS} value={value} onChange={onChange} />;
}
