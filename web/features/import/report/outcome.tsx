import { Button } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { authorOf } from '../../../shared/format/author.ts';
import { countOf } from '../../../shared/format/count.ts';
import { formatInstantUtc } from '../../../shared/format/instant.ts';
import { MostDependedOnDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { IconDownload } from '../../../shared/ui/icons.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { blastHref } from '../../../shared/url/blast-radius-url.ts';
import { type ImportPlace, importHref } from '../../../shared/url/import-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { heldNow } from '../../../shared/windows/window-fields.ts';
import { outcomeOf } from '../sentences.ts';
import type { ImportDetail } from '../use-import.ts';
import classes from './outcome.module.css';
import { ProgressLine } from './progress-line.tsx';
import { ReportRows } from './rows/report-rows.tsx';
import { UndoDialog } from './undo-dialog.tsx';

interface OutcomeProps {
  readonly of: ImportDetail;
  readonly show: ImportPlace['show'];
  readonly onChanged: () => void;
  readonly Finder: OrganizationFinder;
}

/** The result of an import, with Undo. */
export function Outcome({ of, show, onChanged, Finder }: OutcomeProps) {
  const [isUndoing, setUndoing] = useState(false);
  if (of.state === 'COMMITTING') return <ProgressLine of={of} onChanged={onChanged} />;
  return (
    <>
      <div className={classes.note} data-state={of.state}>
        <p>{sentenceOf(of)}</p>
        <div className={classes.actions}>
          {of.state === 'COMMITTED' && (
            <Button variant="default" size="xs" onClick={() => setUndoing(true)}>
              Undo
            </Button>
          )}
          {of.state === 'COMMITTED' && of.report !== null && of.report.rejected > 0 && (
            <a className={classes.download} href={`/api/imports/${encodeURIComponent(of.id)}/rejections.csv`} download>
              <IconDownload size={16} stroke={1.6} aria-hidden="true" /> Rejected rows as CSV
            </a>
          )}
          <Link href={importHref(null)}>Import more files</Link>
        </div>
      </div>
      {of.state === 'COMMITTED' && <WhoDepends Finder={Finder} />}
      {of.report !== null && (of.state === 'COMMITTED' || of.state === 'UNDONE') && (
        <ReportRows of={of} report={of.report} show={show} words="did" sentence={`Imported by ${authorOf(of.createdBy)}.`} />
      )}
      <UndoDialog of={isUndoing ? of : null} onClose={() => setUndoing(false)} />
    </>
  );
}

function sentenceOf(of: ImportDetail): string {
  switch (of.state) {
    case 'COMMITTED':
      return of.report === null ? 'Imported.' : outcomeOf(of.report);
    case 'UNDONE':
      return `Undone${of.undoneAt === null ? '' : ` on ${formatInstantUtc(of.undoneAt)}`}. The data is as if this import had never happened.`;
    case 'FAILED':
      return `No data was changed. ${of.failure ?? ''}`;
    case 'DISCARDED':
      return 'This draft was discarded. No data was changed.';
    default:
      return '';
  }
}

/** Finds one organization. */
export type OrganizationFinder = ComponentType<{ readonly label: string; readonly onPick: (id: string) => void }>;

const NOTHING = {};

/** The question that a list of vendors can answer at once: who depends on one of them. */
function WhoDepends({ Finder }: { readonly Finder: OrganizationFinder }) {
  const { data } = useQuestion(MostDependedOnDocument, NOTHING);
  // Where everything has one dependent, none stands out.
  const most = (data?.ranking?.edges ?? []).map(({ node }) => node).filter(({ dependentCount }) => dependentCount > 1);
  return (
    <section className={classes.next} aria-labelledby="who-depends">
      <h2 id="who-depends">Who depends on …</h2>
      <div className={classes.finder}>
        <Finder label="Organization that others depend on" onPick={(id) => navigate(blastHref([id], heldNow()))} />
      </div>
      {most.length > 0 && (
        <p>
          Most depended on:{' '}
          {most.map(({ organization, dependentCount }, place) => (
            <span key={organization.id}>
              {place > 0 && ' · '}
              <Link href={blastHref([organization.id], heldNow())}>{organization.name}</Link> (
              {countOf(dependentCount, 'organization', 'organizations')})
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
