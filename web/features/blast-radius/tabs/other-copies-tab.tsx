import { useMemo } from 'react';
import { formatDay } from '../../../shared/format/instant.ts';
import { COPY_FORM_WORDS } from '../../../shared/format/words.ts';
import { type BlastRadiusInput, OtherCopiesDocument, type OtherCopiesQuery } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { HelpCard } from '../../../shared/help/help-card.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { OrganizationIcon } from '../../../shared/marks/kind-icon.tsx';
import { SourceNote } from '../../../shared/ui/source-note.tsx';
import { ExploreLink } from '../explore-link.tsx';
import { ListAnswer } from './list-answer.tsx';
import classes from './plain-list.module.css';

/** Copies of affected artifacts at organizations that were not reached. A recall must include them. */
export function OtherCopiesTab({ input }: { readonly input: BlastRadiusInput }) {
  const asked = useQuestion(
    OtherCopiesDocument,
    useMemo(() => ({ input }), [input]),
  );
  return (
    <ListAnswer asked={asked}>
      {(data) => (data.blastRadius == null ? null : <OtherCopies first={data.blastRadius.otherCopies} input={input} />)}
    </ListAnswer>
  );
}

type Copies = NonNullable<OtherCopiesQuery['blastRadius']>['otherCopies'];

function OtherCopies({ first, input }: { readonly first: Copies; readonly input: BlastRadiusInput }) {
  const list = useMoreRows(first, async (after) => {
    const { data } = await client.query({ query: OtherCopiesDocument, variables: { input, after } });
    return data?.blastRadius?.otherCopies ?? null;
  });
  const copies = list.rows;
  if (copies.length === 0) return <p className={classes.none}>No other organization holds a copy of an affected artifact.</p>;
  return (
    <section className={classes.scroll} aria-label="Other copies">
      <p className={classes.lead}>
        Not exposed by this incident. Include in any recall. <HelpCard term="otherCopies" />
      </p>
      <ul className={classes.list}>
        {copies.map((copy) => (
          <li key={copy.id} className={classes.item}>
            <div className={classes.line}>
              <strong>{copy.artifact.name}</strong>
              <span className={classes.detail}>{copy.artifact.owner.name}</span>
            </div>
            <div className={classes.line}>
              <OrganizationIcon roles={copy.holder.roles} size={14} />
              <ExploreLink node={`organization:${copy.holder.id}`}>{copy.holder.name}</ExploreLink>
              <span className={classes.detail}>
                {[
                  COPY_FORM_WORDS[copy.form],
                  copy.rank === null ? 'no custody chain' : `rank ${copy.rank}`,
                  copy.transfer === null
                    ? 'implied copy'
                    : copy.transfer.sentAt === null
                      ? 'unknown date'
                      : formatDay(copy.transfer.sentAt),
                ].join(' · ')}
              </span>
            </div>
            {copy.transfer !== null && (
              <p className={classes.sourceLine}>
                <SourceNote provenance={copy.transfer.provenance} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <MoreRowsLine list={list} noun="copies" />
    </section>
  );
}
