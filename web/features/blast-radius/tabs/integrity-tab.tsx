import { useMemo } from 'react';
import { countOf, formatCount, joinNames } from '../../../shared/format/count.ts';
import { formatInstant } from '../../../shared/format/instant.ts';
import { type BlastRadiusInput, IntegrityDocument, type IntegrityQuery } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { HelpCard } from '../../../shared/ui/help-card.tsx';
import { OrganizationIcon } from '../../../shared/ui/kind-icon.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { SourceNote } from '../../../shared/ui/source-note.tsx';
import { exploreHref } from '../../../shared/url/explore-url.ts';
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
      {(data) => (data.blastRadius?.integrity == null ? null : <Altered integrity={data.blastRadius.integrity} input={input} />)}
    </ListAnswer>
  );
}

type Integrity = NonNullable<NonNullable<IntegrityQuery['blastRadius']>['integrity']>;

function Altered({ integrity, input }: { readonly integrity: Integrity; readonly input: BlastRadiusInput }) {
  const list = useMoreRows(integrity.tainted, async (after) => {
    const { data } = await client.query({ query: IntegrityDocument, variables: { input, after } });
    return data?.blastRadius?.integrity?.tainted ?? null;
  });
  const { rows } = list;
  if (rows.length === 0)
    return <p className={classes.none}>The compromised organizations have sent nothing since the core window began.</p>;
  return (
    <section className={classes.scroll} aria-label="Integrity">
      <p className={classes.lead}>
        <HelpCard term="integrity">Integrity</HelpCard>: an attacker could have altered these artifacts: a compromised organization has sent
        each of them since the core window began.
        {integrity.labs.totalCount > 0 && ` ${labsSentence(integrity.labs)}`}
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
                <Link href={exploreHref(`organization:${row.holder.id}`)}>{row.holder.name}</Link>
                <span className={classes.detail}>since {formatInstant(row.since)}</span>
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
