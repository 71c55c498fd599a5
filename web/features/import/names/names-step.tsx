import { useState } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { StepFrame } from '../steps/step-frame.tsx';
import { forgetUnsent, useUnsent } from '../steps/use-unsent.ts';
import { useDecide } from '../use-decide.ts';
import type { ImportDetail } from '../use-import.ts';
import { choiceFor, decisionFor, groupMatches } from './match-groups.ts';
import { MatchRow } from './match-row.tsx';
import classes from './names.module.css';
import type { OrganizationMatch } from './use-matches.ts';

interface NamesStepProps {
  readonly of: ImportDetail;
  readonly matches: readonly OrganizationMatch[];
  readonly isBusy: boolean;
  readonly onChanged: () => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

const SHOWN = 50;

/** The step that asks which names mean the same organization. Spellings are accepted together, the other candidates one by one. */
export function NamesStep({ of, matches, isBusy, onChanged, onBack, onNext }: NamesStepProps) {
  const { decide, error, isSending } = useDecide(onChanged);
  const place = `${of.id} names`;
  const [kept, keep] = useUnsent<string>(place);
  const { same, related, hints } = groupMatches(matches);
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

  const merged = same.filter((match) => chosenSame(match) !== 'NEW').length;
  return (
    <StepFrame
      title="Who is who?"
      lead="Names that may mean one organization. Continue without an answer, and the two stay apart."
      onBack={onBack}
      onNext={next}
      next={merged === 0 ? 'Continue' : `Continue with ${countOf(merged, 'name', 'names')} as the same`}
      isBusy={isBusy || isSending}
      error={error}
    >
      <MatchList
        title="Same name or same website"
        lead="These names differ only in case, accents, punctuation or legal form, or share a domain. All are preselected as the same. Each spelling is kept as another name."
        list={same}
        chosen={chosenSame}
        onChoose={choose}
      />
      <MatchList
        title="Brands, products, parents and former names"
        lead="Related, but often separate suppliers. Decide each one."
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
  if (list.length === 0) return null;
  return (
    <section className={classes.group} aria-label={title}>
      <header className={classes.groupHead}>
        <h3>
          {title} ({list.length})
        </h3>
        <p>{lead}</p>
      </header>
      {list.slice(0, shown).map((match) => (
        <MatchRow key={match.id} of={match} choice={chosen(match)} onChoose={(choice) => onChoose(match, choice)} />
      ))}
      {list.length > shown && (
        <button type="button" className={classes.more} onClick={() => setShown(shown + SHOWN)}>
          Show {Math.min(SHOWN, list.length - shown)} more of {list.length}
        </button>
      )}
    </section>
  );
}
