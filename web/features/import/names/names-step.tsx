import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import type { StepProps } from '../steps/step-frame.tsx';
import { forgetUnsent, StepFrame, useUnsent } from '../steps/step-frame.tsx';
import { useDecide } from '../use-import.ts';
import classes from './names.module.css';
import type { OrganizationMatch } from './use-matches.ts';
import { choiceFor, decisionFor, findMatches, groupMatches } from './use-matches.ts';

interface NamesStepProps extends StepProps {
  /** Null: not loaded yet. */
  readonly matches: readonly OrganizationMatch[] | null;
}

const SHOWN = 50;
/** A longer list can be searched. */
const FEW = 5;

/** The step that asks which names mean the same organization. Spellings are accepted together, the other candidates one by one. */
export function NamesStep({ of, matches, isBusy, onChanged, onBack, onNext }: NamesStepProps) {
  const { decide, error, isSending } = useDecide(onChanged);
  const place = `${of.id} names`;
  const [kept, keep] = useUnsent<string>(place);
  const { same, related, hints } = groupMatches(matches ?? []);
  const choose = (match: OrganizationMatch, choice: string) => keep(match.id, choice);
  /** A kept choice counts as long as the match still offers it. */
  const decisionOf = ({ id, candidates }: OrganizationMatch) => {
    const decision = kept.get(id);
    return decision === 'NEW' || candidates.some((candidate) => candidate.id === decision) ? decision : undefined;
  };
  /** Unless a person decides otherwise, spellings of one name count as the same. Nothing else does. */
  const chosen = (match: OrganizationMatch) => decisionOf(match) ?? choiceFor(match);
  const chosenSame = (match: OrganizationMatch) => chosen(match) ?? match.target;

  const next = async () => {
    const decisions = [
      ...same.map((match) => [match, chosenSame(match)] as const),
      ...[...related, ...hints].map((match) => [match, decisionOf(match) ?? null] as const),
    ].flatMap(([match, choice]) => (choice === null || choice === choiceFor(match) ? [] : [decisionFor(match, choice)]));
    if (!(await decide(async () => ({ matches: { import: of.id, decisions } })))) return;
    forgetUnsent(place);
    onNext();
  };

  const isSame = (choice: string | null) => choice !== null && choice !== 'NEW';
  const merged = [...same.map(chosenSame), ...[...related, ...hints].map(chosen)].filter(isSame).length;
  return (
    <StepFrame
      title="Who is who?"
      lead="Names that may mean one organization. What is not preselected stays apart unless you choose."
      onBack={onBack}
      onNext={next}
      next={merged === 0 ? 'Continue' : `Continue with ${countOf(merged, 'name', 'names')} as the same`}
      isBusy={isBusy || isSending}
      error={error}
    >
      {matches?.length === 0 && <p>No name of this import may mean another organization. There is nothing to decide here.</p>}
      <MatchList
        title="Same name in another spelling"
        lead="These names differ only in case, accents, punctuation or legal form. All are preselected as the same. Each spelling is kept as another name."
        list={same}
        chosen={chosenSame}
        onChoose={choose}
      />
      <MatchList
        title="Brands, products, parents and former names"
        lead="Brands, products, parents, former names, one website, or names whose legal forms or ids differ. Nothing is preselected."
        list={related}
        chosen={chosen}
        onChoose={choose}
      />
      {hints.length > 0 && (
        <details className={classes.hints}>
          <summary>{countOf(hints.length, 'weak hint', 'weak hints')}, often false</summary>
          <MatchList
            title="Weak hints"
            lead="Names here are often similar by chance, so nothing is preselected."
            list={hints}
            chosen={chosen}
            onChoose={choose}
          />
        </details>
      )}
    </StepFrame>
  );
}

interface MatchListProps {
  readonly title: string;
  readonly lead: string;
  readonly list: readonly OrganizationMatch[];
  readonly chosen: (match: OrganizationMatch) => string | null;
  readonly onChoose: (match: OrganizationMatch, choice: string) => void;
}

function MatchList({ title, lead, list, chosen, onChoose }: MatchListProps) {
  const [shown, setShown] = useState(SHOWN);
  const [text, setText] = useState('');
  if (list.length === 0) return null;
  const found = findMatches(list, text);
  return (
    <section className={classes.group} aria-label={title}>
      <header className={classes.groupHead}>
        <h3>
          {title} ({list.length})
        </h3>
        <p>{lead}</p>
        {list.length > FEW && (
          <TextInput label={`Find in ${title.toLowerCase()}`} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        )}
        <Button
          variant="default"
          size="xs"
          mt="xs"
          onClick={() => {
            for (const match of found) onChoose(match, 'NEW');
          }}
        >
          {found.length === 1 ? 'This one is different' : `All ${found.length} are different`}
        </Button>
      </header>
      {found.slice(0, shown).map((match) => (
        <MatchRow key={match.id} of={match} choice={chosen(match)} onChoose={(choice) => onChoose(match, choice)} />
      ))}
      {found.length > shown && (
        <button type="button" className={classes.more} onClick={() => setShown(shown + SHOWN)}>
          Show {Math.min(SHOWN, found.length - shown)} more of {found.length}
        </button>
      )}
    </section>
  );
}

interface MatchRowProps {
  readonly of: OrganizationMatch;
  /** The id of a candidate, `NEW`, or null without a decision. */
  readonly choice: string | null;
  readonly onChoose: (choice: string) => void;
}

/** One name of the list with its candidates and their evidence. */
function MatchRow({ of, choice, onChoose }: MatchRowProps) {
  return (
    <Radio.Group
      className={classes.match}
      value={choice ?? ''}
      onChange={onChoose}
      label={
        <>
          {of.name}{' '}
          <span className={classes.where}>
            {of.file}:{of.line}
            {of.rowCount > 1 && `, ${countOf(of.rowCount, 'row', 'rows')}`}
          </span>
        </>
      }
    >
      <div className={classes.options}>
        {of.candidates.map((candidate) => (
          <Radio
            key={candidate.id}
            value={candidate.id}
            label={`Same as ${candidate.name}`}
            description={`${candidate.isStored ? 'Recorded already' : 'In this import'} · ${candidate.evidence.join('; ')}`}
          />
        ))}
        <Radio value="NEW" label="A different organization" />
      </div>
    </Radio.Group>
  );
}
