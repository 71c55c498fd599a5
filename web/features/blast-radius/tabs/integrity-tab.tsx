import { useMemo } from 'react';
import { countOf, formatCount, joinNames } from '../../../shared/format/count.ts';
import { type BlastRadiusInput, IntegrityDocument, type IntegrityQuery } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { HelpCard } from '../../../shared/help/help-card.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { OrganizationIcon } from '../../../shared/marks/kind-icon.tsx';
import { SourceNote } from '../../../shared/ui/source-note.tsx';
import { ExploreLink } from '../explore-link.tsx';
import { sinceSentence } from '../sentences.ts';
import { ListAnswer } from './list-answer.tsx';
import classes from './plain-list.module.css';

/** The copies that an attacker at the origins could have altered, and their holders. */
export function IntegrityTab({ input }: { readonly input: BlastRadiusInput }) {
  const asked = useQuestion(
    IntegrityDocument,
    useMemo(() => ({ input }), [input]),
  );
  return (
    <ListAnswer asked={asked}>
      {(data) =>
        data.blastRadius?.integrity == null ? null : (
          <Altered integrity={data.blastRadius.integrity} hasCore={data.blastRadius.hasCore} input={input} />
        )
      }
    </ListAnswer>
  );
}

type Integrity = NonNullable<NonNullable<IntegrityQuery['blastRadius']>['integrity']>;

interface AlteredProps {
  readonly integrity: Integrity;
  readonly hasCore: boolean;
  readonly input: BlastRadiusInput;
}

function Altered({ integrity, hasCore, input }: AlteredProps) {
  const list = useMoreRows(integrity.tainted, async (after) => {
    const { data } = await client.query({ query: IntegrityDocument, variables: { input, after } });
    return data?.blastRadius?.integrity?.tainted ?? null;
  });
  const { rows } = list;
  // Without a core, nothing says when the attacker came (semantics §13.4).
  const since = hasCore ? 'since the core window began' : 'since the widest window began, because there is no core';
  if (rows.length === 0) return <p className={classes.none}>The compromised organizations have sent nothing {since}.</p>;
  return (
    <section className={classes.scroll} aria-label="Integrity">
      <p className={classes.lead}>
        <HelpCard term="integrity">Integrity</HelpCard>: an attacker could have altered these artifacts: a compromised organization has sent
        each of them {since}.{integrity.labs.totalCount > 0 && ` ${labsSentence(integrity.labs)}`}
      </p>
      <ul className={classes.list}>
        {rows.map((row) => {
          const step = row.chain.at(-1);
          return (
            <li key={`${row.artifact.id} ${row.holder.id}`} className={classes.item}>
              <div className={classes.line}>
                <strong>{row.artifact.name}</strong>
                <span className={classes.detail}>{countOf(row.chainLength, 'transfer', 'transfers')}</span>
              </div>
              <div className={classes.line}>
                <OrganizationIcon roles={row.holder.roles} size={14} />
                <ExploreLink node={`organization:${row.holder.id}`}>{row.holder.name}</ExploreLink>
                <span className={classes.detail}>
                  {sinceSentence(row)}
                  {row.isSuspected && ' · only if a suspected organization was compromised'}
                </span>
              </div>
              {step !== undefined && (
                <p className={classes.sourceLine}>
                  <SourceNote provenance={step.provenance} />
                </p>
              )}
            </li>
          );
        })}
      </ul>
      <MoreRowsLine list={list} noun="copies" />
    </section>
  );
}

/** "Labs that received one: Aurelis Labs, Brightfen AI and 10 more." */
function labsSentence({ edges, totalCount }: Integrity['labs']): string {
  const names = edges.map((edge) => edge.node.name);
  const rest = totalCount - names.length;
  return `Labs that received one: ${joinNames(rest > 0 ? [...names, `${formatCount(rest)} more`] : names)}.`;
}
