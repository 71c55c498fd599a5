import { useMemo } from 'react';
import { formatDay } from '../../shared/format/instant.ts';
import { AdvisoryListDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { advisoryHref } from '../../shared/url/incidents-url.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './advisory.module.css';
import { KindChip } from './advisory-record.tsx';
import { packageName } from './grade-words.ts';

/** The recorded advisories that a text finds by id, alias, package or summary. */
export function AdvisoryList({ text }: { readonly text: string }) {
  const variables = useMemo(() => ({ text: text === '' ? null : text }), [text]);
  const asked = useQuestion(AdvisoryListDocument, variables);
  return (
    <ScrollBox label="Advisories" className={classes.choose}>
      <AnswerFrame asked={asked} waiting="Listing advisories">
        {({ advisories }) =>
          advisories.totalCount === 0 ? (
            <section className={classes.empty}>
              <h2>{text === '' ? 'No advisory is recorded' : 'No advisory matches'}</h2>
              <p>
                {text === ''
                  ? 'An advisory names a poisoned or vulnerable package and its versions. Read its record from a file: OSV, CSAF, OpenVEX or CycloneDX VEX.'
                  : 'Search by an id such as MAL-2026-2144, an alias, or the name of a package.'}{' '}
                {canWrite() && <Link href="/import">Read a file</Link>}
              </p>
            </section>
          ) : (
            <Paged
              first={advisories}
              load={async (after) => {
                const { data } = await client.query({ query: AdvisoryListDocument, variables: { ...variables, after } });
                return data?.advisories ?? null;
              }}
            >
              {(list) => (
                <>
                  <h2 className={classes.listTitle}>
                    {text === '' ? 'Choose an advisory' : `Advisories with “${text}”`} <span>{list.totalCount}</span>
                  </h2>
                  <ul className={classes.advisories} data-stale={asked.isStale || undefined}>
                    {list.rows.map(({ id, kind, aliases, summary, withdrawnAt, affected }) => (
                      <li key={id}>
                        <Link href={advisoryHref({ advisory: id })}>{id}</Link>
                        <KindChip kind={kind} />
                        {withdrawnAt !== null && <small>withdrawn {formatDay(withdrawnAt)}</small>}
                        <small className={classes.packages}>{affected.map((one) => packageName(one.package)).join(', ')}</small>
                        <p>{summary === '' ? 'No summary.' : summary}</p>
                        {aliases.length > 0 && <small>also {aliases.join(', ')}</small>}
                      </li>
                    ))}
                  </ul>
                  <MoreRowsLine list={list} noun="advisories" />
                </>
              )}
            </Paged>
          )
        }
      </AnswerFrame>
    </ScrollBox>
  );
}
