import { useMemo } from 'react';
import { type IncidentNoticeFragment, IncidentNoticesDocument, type IncidentNoticesQuery } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { oneIncidentHref, packHref } from '../../../shared/url/incidents-url.ts';
import { canExport } from '../../../shared/viewer/viewer.ts';
import { DueMark } from '../due-mark.tsx';
import classes from './next-step.module.css';

/** The most urgent step of an open incident: the lab to notify first, else the plan. Nothing if no lab must be notified. */
export function NextStep({ incident }: { readonly incident: string }) {
  const asked = useQuestion(
    IncidentNoticesDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  const notices = asked.data?.incident?.notices;
  return (
    <>
      <FailedLine asked={asked} missing="The notice that is due next may be missing here." />
      {notices !== undefined && notices.totalCount > 0 && <Next incident={incident} notices={notices} />}
    </>
  );
}

type Notices = NonNullable<IncidentNoticesQuery['incident']>['notices'];

function Next({ incident, notices }: { readonly incident: string; readonly notices: Notices }) {
  // The list begins with the earliest due.
  const next = notices.edges.find(({ node }) => node.state === 'TO_TELL')?.node;
  if (next !== undefined) return <ToTell incident={incident} notice={next} />;
  if (notices.pageInfo.hasNextPage) return null;
  return (
    <p className={classes.next}>
      <span>Every lab is told.</span>
      <Link href={oneIncidentHref(incident, 'plan')}>Go on with the plan</Link>
    </p>
  );
}

function ToTell({ incident, notice: { lab, dueAt } }: { readonly incident: string; readonly notice: IncidentNoticeFragment }) {
  return (
    <p className={classes.next}>
      <span>
        Next: tell <strong>{lab.name}</strong>
        {dueAt === null ? '; no term runs.' : ' by'}
      </span>
      {dueAt !== null && <DueMark dueAt={dueAt} />}
      {canExport() && <Link href={packHref(incident, lab.id)}>Read its pack</Link>}
      <Link href={oneIncidentHref(incident, 'notices')}>All notices</Link>
    </p>
  );
}
