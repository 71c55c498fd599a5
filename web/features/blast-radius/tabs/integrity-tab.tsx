import { useMemo } from 'react';
import { countOf, formatCount, joinNames } from '../../../shared/format/count.ts';
import { formatInstant } from '../../../shared/format/instant.ts';
import { type BlastRadiusInput, IntegrityDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { OrganizationIcon } from '../../../shared/ui/kind-icon.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { ListAnswer } from './list-answer.tsx';
import classes from './plain-list.module.css';
import { SourceNote } from './source-note.tsx';

/** The copies that an attacker at the origins could have altered, and their holders. */
export function IntegrityTab({ input }: { readonly input: BlastRadiusInput }) {
  const asked = useQuestion(
    IntegrityDocument,
    useMemo(() => ({ input }), [input]),
  );
  return (
    <ListAnswer asked={asked}>
      {(data) => {
        const integrity = data.blastRadius?.integrity;
        const rows = integrity?.tainted.edges.map((edge) => edge.node) ?? [];
        if (rows.length === 0)
          return <p className={classes.none}>The compromised organizations have sent nothing since the core window began.</p>;
        const labs = integrity?.labs.edges.map((edge) => edge.node.name) ?? [];
        return (
          <section className={classes.scroll} aria-label="Integrity">
            <p className={classes.lead}>
              An attacker could have altered these artifacts: a compromised organization has sent each of them since the core window began.
              {labs.length > 0 && ` Labs that received one: ${joinNames(labs)}.`}
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
            {integrity !== undefined && integrity !== null && integrity.tainted.totalCount > rows.length && (
              <p className={classes.lead}>
                Showing {formatCount(rows.length)} of {formatCount(integrity.tainted.totalCount)}.
              </p>
            )}
          </section>
        );
      }}
    </ListAnswer>
  );
}
