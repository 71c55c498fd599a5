import { Button, NativeSelect } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { IncidentNoticesDocument, IncidentPackDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { oneIncidentHref, packHref } from '../../../shared/url/incidents-url.ts';
import { navigate, useLocation } from '../../../shared/url/location.ts';
import { exportHref } from '../../../shared/url/redaction.ts';
import { canExport } from '../../../shared/viewer/viewer.ts';
import classes from '../incidents.module.css';

const FORMATS = [
  ['pdf', 'PDF'],
  ['docx', 'DOCX'],
  ['md', 'Markdown'],
  ['csv', 'CSV'],
] as const;

/** The parser of the text loads with the first preview. */
const LazyPackPreview = lazy(() => import('./pack-preview.tsx'));

/** A pack for each lab that is to be told: a preview, and the same pack in four formats. */
export function PacksTab({ incident }: { readonly incident: string }) {
  const { params } = useLocation();
  const asked = useQuestion(
    IncidentNoticesDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  if (!canExport()) {
    return (
      <section className={classes.card} aria-label="Packs">
        <p className={classes.note}>Packs need the right to export. Ask an administrator for it.</p>
      </section>
    );
  }
  return (
    <section className={classes.card} aria-label="Packs">
      <p className={classes.note}>
        A pack is computed from what one lab may be told, and names no other lab. All formats have the same figures. Read it before you send
        it.
      </p>
      <AnswerFrame asked={asked} waiting="Finding the labs">
        {(data) => {
          const labs = [...new Map((data.incident?.notices.edges ?? []).map(({ node }) => [node.lab.id, node.lab])).values()];
          const lab = labs.find(({ id }) => id === params.get('lab')) ?? labs[0];
          if (lab === undefined) return <p className={classes.note}>No lab must be told: none is affected, and none is a blind spot.</p>;
          const query = new URLSearchParams({ incident, lab: lab.id });
          return (
            <>
              <div className={classes.tools}>
                <NativeSelect
                  label="Lab"
                  data={labs.map(({ id, name }) => ({ value: id, label: name }))}
                  value={lab.id}
                  onChange={(event) => navigate(packHref(incident, event.currentTarget.value), 'replace')}
                />
                <div className={classes.buttons}>
                  {FORMATS.map(([extension, label]) => (
                    <Button
                      key={extension}
                      variant="default"
                      component="a"
                      href={exportHref(`/api/notification-pack.${extension}?${query}`)}
                      download
                    >
                      {label}
                    </Button>
                  ))}
                </div>
              </div>
              <p className={classes.note}>
                {lab.contactEmail !== null && (
                  <>
                    Send it to <a href={`mailto:${lab.contactEmail}`}>{lab.contactEmail}</a>.{' '}
                  </>
                )}
                Once it is sent, <Link href={oneIncidentHref(incident, 'notices')}>record that the lab is told</Link>.
              </p>
              <Preview incident={incident} lab={lab.id} name={lab.name} />
            </>
          );
        }}
      </AnswerFrame>
    </section>
  );
}

function Preview({ incident, lab, name }: { readonly incident: string; readonly lab: string; readonly name: string }) {
  const asked = useQuestion(
    IncidentPackDocument,
    useMemo(() => ({ incident, lab }), [incident, lab]),
  );
  return (
    <AnswerFrame asked={asked} waiting="Writing the pack">
      {({ notificationPack }) =>
        notificationPack === null ? null : (
          <ScrollBox label={`Pack for ${name}`} className={classes.preview}>
            <Suspense fallback={<p className={classes.note}>Reading the pack</p>}>
              <LazyPackPreview markdown={notificationPack.markdown} />
            </Suspense>
          </ScrollBox>
        )
      }
    </AnswerFrame>
  );
}
