import { Popover } from '@mantine/core';
import { memo, type ReactNode, useState } from 'react';
import { IconInfoCircle } from '../ui/icons.tsx';
import classes from './help-card.module.css';
import { HELP_TERMS, type HelpTerm } from './help-terms.ts';

interface HelpCardProps {
  readonly term: HelpTerm;
  /** The words that open the card, where the term stands in a text. Without them: a mark beside the term. */
  readonly children?: ReactNode;
}

/** The meaning of a term, with a link to its explanation. Opens by click or key, so that it works without a pointer. */
export const HelpCard = memo(function HelpCard({ term, children }: HelpCardProps) {
  const { title, meaning, section } = HELP_TERMS[term];
  const isMark = children === undefined;
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom" width={280} shadow="md" withArrow={false} returnFocus trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={isMark ? classes.open : classes.word}
          // A word of the text, which print keeps.
          data-word={isMark ? undefined : ''}
          {...(isMark ? { 'aria-label': `What is ${title}?` } : { title: `What is ${title}?` })}
          onClick={(event) => {
            event.stopPropagation();
            setOpen((before) => !before);
          }}
          // The card takes the focus a moment after it opens; until then Escape reaches only this button.
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !isOpen) return;
            event.stopPropagation();
            setOpen(false);
          }}
        >
          {isMark ? <IconInfoCircle size={14} stroke={1.8} /> : children}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={title} className={classes.card} onClick={(event) => event.stopPropagation()}>
        {/* No heading: the card may open before the first heading of its page's outline. The dialog has this name. */}
        <strong>{title.charAt(0).toUpperCase() + title.slice(1)}</strong>
        <p>{meaning}</p>
        <a href={`/concepts#${section}`} target="_blank" rel="noopener">
          Read more in the concepts
        </a>
      </Popover.Dropdown>
    </Popover>
  );
});
