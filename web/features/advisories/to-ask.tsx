import { Button, Checkbox, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import classes from './advisory.module.css';
import type { StripMatch, StripPage } from './grade-words.ts';
import type { Tick } from './use-proposal.ts';

/** An organization to be asked. */
export interface Addressee {
  readonly name: string;
  readonly contactEmail: string | null;
}

/** All organizations to be asked, also those whose rows are not loaded. */
export type LoadAddressees = () => Promise<readonly Addressee[]>;

interface ToAskProps {
  readonly page: StripPage;
  readonly rows: readonly StripMatch[];
  readonly ticks: ReadonlyMap<string, Exclude<Tick, 'no'>>;
  readonly isLoading: boolean;
  readonly onMore: () => void;
  readonly onTick: (match: StripMatch, as: Tick) => void;
  readonly letter: string | null;
  readonly loadAddressees: LoadAddressees;
}

const namedAtFirst = 3;

/** Organizations that hold something and have no list that could tell. They have no strip: a list of them must be asked for. */
export function ToAsk({ page, rows, ticks, isLoading, onMore, onTick, letter, loadAddressees }: ToAskProps) {
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  if (page.totalCount === 0) return null;
  const left = page.totalCount - Math.min(namedAtFirst, rows.length);
  return (
    <section className={classes.toAsk} aria-label="To ask">
      <header className={classes.group}>
        <h3>
          To ask{' '}
          <span>
            No list:{' '}
            {rows
              .slice(0, namedAtFirst)
              .map(({ organization }) => organization.name)
              .join(', ')}
            {left > 0 && ` and ${formatCount(left)} more`}
          </span>
        </h3>
        <div className={classes.groupActions}>
          {letter !== null && (
            <Button variant="subtle" size="compact-xs" aria-expanded={isAsking} onClick={() => setAsking(!isAsking)}>
              {isAsking ? 'Close' : `Ask all ${formatCount(page.totalCount)}`}
            </Button>
          )}
          <Button variant="subtle" size="compact-xs" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide' : `Show ${formatCount(page.totalCount)}`}
          </Button>
        </div>
      </header>
      {isAsking && letter !== null && <Question letter={letter} load={loadAddressees} />}
      {isOpen && (
        <>
          <p className={classes.note}>
            Each holds a copy, provides a service or has access, and has no list that could tell. Ask for a software list.
          </p>
          <ul>
            {rows.map((match) => (
              <li key={match.organization.id}>
                <Checkbox
                  size="xs"
                  label={match.organization.name}
                  checked={ticks.has(match.organization.id)}
                  onChange={(event) => onTick(match, event.currentTarget.checked ? 1 : 'no')}
                />
              </li>
            ))}
          </ul>
          {rows.length < page.totalCount && (
            <Button variant="default" size="compact-xs" loading={isLoading} onClick={onMore}>
              Show more
            </Button>
          )}
        </>
      )}
    </section>
  );
}

interface QuestionProps {
  readonly letter: string;
  readonly load: LoadAddressees;
}

/** One question for all of them, and whom it goes to. It names none of them: each learns of itself alone. */
function Question({ letter, load }: QuestionProps) {
  const announce = useAnnounce();
  const [addressees, setAddressees] = useState<readonly Addressee[] | 'failed' | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked once, as it opens.
  useEffect(() => {
    let isShown = true;
    load().then(
      (found) => isShown && setAddressees(found),
      () => isShown && setAddressees('failed'),
    );
    return () => {
      isShown = false;
    };
  }, []);
  const copy = async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text);
      announce(done);
    } catch {
      announce('The browser did not allow copying. Select the text.');
    }
  };
  const known = Array.isArray(addressees) ? (addressees as readonly Addressee[]) : null;
  const without = known?.filter(({ contactEmail }) => contactEmail === null).length ?? 0;
  return (
    <div className={classes.question}>
      <p className={classes.note}>Send it to each of them alone, so that none learns who else is asked. Nothing is sent from here.</p>
      <Textarea label="The question" value={letter} readOnly autosize minRows={4} maxRows={14} />
      <div className={classes.groupActions}>
        <Button variant="default" size="compact-sm" onClick={() => void copy(letter, 'The question is copied.')}>
          Copy the question
        </Button>
        {known !== null && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() =>
              void copy(
                known.map(({ name, contactEmail }) => `${name}\t${contactEmail ?? ''}`).join('\n'),
                `${countOf(known.length, 'name is', 'names are')} copied.`,
              )
            }
          >
            Copy names and addresses
          </Button>
        )}
      </div>
      <p className={classes.note} role="status">
        {addressees === null
          ? 'Reading the addresses'
          : addressees === 'failed'
            ? 'The addresses could not be read. Close this and try again.'
            : without === 0
              ? `An address is recorded for ${known?.length === 1 ? 'it' : `all ${formatCount(known?.length ?? 0)}`}.`
              : `No address is recorded for ${formatCount(without)} of ${formatCount(known?.length ?? 0)}.`}
      </p>
    </div>
  );
}
