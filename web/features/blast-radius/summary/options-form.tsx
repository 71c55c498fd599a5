import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../../shared/format/typed-date.ts';
import { RADIUS_OPTIONS } from '../../../shared/generated/radius-options.ts';
import { mapRadiusOptions, NO_RADIUS_OPTIONS } from '../../../shared/url/radius-options-url.ts';
import { parseTypedOption, RadiusOptionInput, toTypedOption } from '../../../shared/windows/radius-option-input.tsx';
import type { RadiusAnswer } from '../lanes-radius.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './forms.module.css';

/** The options of a blast radius: how far the compromise spreads, which reveals count, and as of when. Chances are in percent. */
export function OptionsForm({ radius, change }: { readonly radius: RadiusAnswer; readonly change: ChangeBlast }) {
  const [typed, setTyped] = useState(() => mapRadiusOptions((option) => toTypedOption(option, radius[option.name])));
  const [knownAt, setKnownAt] = useState(radius.knownAt === null ? '' : formatTypedDate(radius.knownAt, 'end'));
  const [problem, setProblem] = useState<string | null>(null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const next = mapRadiusOptions((option) => parseTypedOption(option, typed[option.name]));
    const known = knownAt.trim() === '' ? null : parseTypedDate(knownAt, 'end');
    if (known === null && knownAt.trim() !== '') {
      setProblem(`Known at: ${DATE_TIME_ADVICE}`);
      return;
    }
    setProblem(null);
    // An unchanged option stays out of the address, so that a saved incident keeps its own.
    change({
      ...Object.fromEntries(RADIUS_OPTIONS.filter(({ name }) => next[name] !== radius[name]).map(({ name }) => [name, next[name]])),
      ...(known?.slice(0, 16) === radius.knownAt?.slice(0, 16) ? {} : { knownAt: known }),
    });
  };
  const reset = () => {
    setTyped(mapRadiusOptions((option) => toTypedOption(option, option.default)));
    setKnownAt('');
    setProblem(null);
    change({ ...NO_RADIUS_OPTIONS, knownAt: null });
  };
  return (
    <form className={classes.form} onSubmit={apply}>
      <h2>Options</h2>
      {RADIUS_OPTIONS.map((option) => (
        <RadiusOptionInput
          key={option.name}
          option={option}
          value={typed[option.name]}
          onChange={(value) => setTyped((before) => ({ ...before, [option.name]: value }))}
        />
      ))}
      <TextInput
        label="Known at (UTC)"
        description="Use data as recorded on this date. Blank = today."
        placeholder={DATE_TIME_PLACEHOLDER}
        error={problem}
        value={knownAt}
        onChange={(event) => setKnownAt(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit">Apply</Button>
        <Button variant="default" onClick={reset}>
          Reset to defaults
        </Button>
      </div>
    </form>
  );
}
