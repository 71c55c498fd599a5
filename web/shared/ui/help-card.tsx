import { Popover } from '@mantine/core';
import classes from './help-card.module.css';
import { HELP_TERMS, type HelpTerm } from './help-terms.ts';
import { IconInfoCircle } from './icons.tsx';

/** The meaning of a term, with a link to its explanation. Opens by click or key, so that it works without a pointer. */
export function HelpCard({ term }: { readonly term: HelpTerm }) {
  const { title, meaning, section } = HELP_TERMS[term];
  return (
    <Popover position="bottom" width={280} shadow="md" withArrow={false} returnFocus trapFocus>
      <Popover.Target>
        <button type="button" className={classes.open} aria-label={`What is ${title}?`} onClick={(event) => event.stopPropagation()}>
          <IconInfoCircle size={14} stroke={1.8} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={title} className={classes.card} onClick={(event) => event.stopPropagation()}>
        <h3>{title.charAt(0).toUpperCase() + title.slice(1)}</h3>
        <p>{meaning}</p>
        <a href={`/concepts#${section}`} target="_blank" rel="noopener">
          Read more in the concepts
        </a>
      </Popover.Dropdown>
    </Popover>
  );
}
