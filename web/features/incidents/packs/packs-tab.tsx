import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { formatInstant } from '../../../shared/format/instant.ts';
import {
  IncidentPackDocument,
  LabsToTellDocument,
  type LabsToTellQuery,
  ListsToQuoteDocument,
  type ListsToQuoteQuery,
  StartsOfIncidentDocument,
} from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine, Paged } from '../../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import { lazyPart } from '../../../shared/ui/lazy-part.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { restQuery } from '../../../shared/url/address-table.ts';
import { INCIDENT, labNoticesHref, packHref, parseIncidentState } from '../../../shared/url/incidents-url.ts';
import { navigate, useLocation } from '../../../shared/url/location.ts';
import { exportHref } from '../../../shared/url/shared-parameters.ts';
import { canExport } from '../../../shared/viewer/viewer.ts';
import classes from '../incidents.module.css';

const FORMATS = [
  ['pdf', 'PDF'],
  ['docx', 'DOCX'],
  ['md', 'Markdown'],
  ['csv', 'CSV'],
] as const;

/** The parser of the text loads with the first preview. */
const PackPreview = lazyPart(async () => (await import('./pack-preview.tsx')).PackPreview, {
  waiting: <p className={classes.note}>Reading the pack</p>,
});

/** A pack for each lab that must be notified: a preview, and the same pack in four formats. */
export function PacksTab({ incident }: { readonly incident: string }) {
  const asked = useQuestion(
    LabsToTellDocument,
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
      <p className={classes.note} data-screen-only>
        A pack is computed from what one lab may be told, and names no other lab. Where another lab’s artifact reveals one of its own, a
        tier can be weaker than in the incident. All formats have the same figures. Read it before you send it.
      </p>
      <AnswerFrame asked={asked} waiting="Finding the labs">
        {({ incident: found }) => found !== null && <Packs incident={incident} first={found.notices} />}
      </AnswerFrame>
    </section>
  );
}

type Notices = NonNullable<LabsToTellQuery['incident']>['notices'];

/** The labs of all notices, however many pages they fill, and the pack of one. The pack of another lab than that of the address is never shown. */
function Packs({ incident, first }: { readonly incident: string; readonly first: Notices }) {
  const { params } = useLocation();
  const list = useMoreRows(first, async (after) => {
    const { data } = await client.query({ query: LabsToTellDocument, variables: { incident, after } });
    return data?.incident?.notices ?? null;
  });
  const more = list.isLoading || list.problem !== null ? null : list.more;
  useEffect(() => more?.(), [more]);
  const labs = [...new Map(list.rows.map(({ lab }) => [lab.id, lab])).values()];
  const { lab: asked, quoted: lists } = parseIncidentState(params);
  const wanted = asked ?? labs[0]?.id;
  const lab = labs.find(({ id }) => id === wanted);
  if (wanted === undefined) return <p className={classes.note}>No lab must be told: none is affected, and none is a blind spot.</p>;
  const query = lab && restQuery(INCIDENT, { lab: lab.id, quoted: lists }, ['lab', 'quoted'], { incident });
  return (
    <>
      <div className={classes.tools} data-screen-only>
        <NativeSelect
          label="Lab"
          data={[...(lab === undefined ? [''] : []), ...labs.map(({ id, name }) => ({ value: id, label: name }))]}
          value={lab?.id ?? ''}
          onChange={(event) => navigate(packHref(incident, event.currentTarget.value, lists), 'replace')}
        />
        {query !== undefined && (
          <div className={classes.buttons}>
            {FORMATS.map(([extension, label]) => (
              <Button
                key={extension}
                variant="default"
                component="a"
                href={exportHref(`/api/notification-pack.${extension}${query}`)}
                download
              >
                {label}
              </Button>
            ))}
          </div>
        )}
      </div>
      {list.problem !== null && (
        <p className={classes.problem} role="alert">
          Not all labs could be listed. {list.problem}
        </p>
      )}
      {lab === undefined ? (
        <p className={classes.note}>
          {list.isLoading || more !== null ? 'Looking for the lab …' : 'The lab of this link is not to be told of this incident.'}
        </p>
      ) : (
        <>
          <p className={classes.note} data-screen-only>
            {lab.contactEmail !== null && (
              <>
                Send it to <a href={`mailto:${lab.contactEmail}`}>{lab.contactEmail}</a>.{' '}
              </>
            )}
            Once it is sent,{' '}
            <Link href={labNoticesHref(incident, lab.id)} onClick={() => focusResult(`notices:${lab.id}`)}>
              record that the lab is told
            </Link>
            .
          </p>
          <QuotedLists incident={incident} lists={lists} onChange={(quoted) => navigate(packHref(incident, lab.id, quoted), 'replace')} />
          <Preview key={lab.id} incident={incident} lab={lab.id} name={lab.name} lists={lists} />
        </>
      )}
    </>
  );
}

interface PreviewProps {
  readonly incident: string;
  readonly lab: string;
  readonly name: string;
  readonly lists: readonly string[];
}

function Preview({ incident, lab, name, lists }: PreviewProps) {
  const asked = useQuestion(IncidentPackDocument, { incident, lab, lists: [...lists] });
  return (
    <AnswerFrame asked={asked} waiting="Writing the pack">
      {({ notificationPack }) =>
        notificationPack === null ? null : (
          <ScrollBox label={`Pack for ${name}`} className={classes.preview}>
            <PackPreview markdown={notificationPack.markdown} />
          </ScrollBox>
        )
      }
    </AnswerFrame>
  );
}

interface QuotedListsProps {
  readonly incident: string;
  readonly lists: readonly string[];
  readonly onChange: (lists: readonly string[]) => void;
}

/** Ticks of the software lists that a pack quotes. Nothing unless the incident was proposed from an advisory. */
function QuotedLists({ incident, lists, onChange }: QuotedListsProps) {
  const { data } = useQuestion(
    StartsOfIncidentDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const found = data?.incident ?? null;
  if (found === null || found.advisory === null) return null;
  const starts = [...found.origins, ...found.suspectedOrigins.map(({ organization }) => organization)];
  const start = starts.find(({ id }) => id === chosen) ?? starts[0];
  if (start === undefined) return null;
  return (
    <fieldset className={classes.quotes} data-screen-only>
      <legend>Quote software lists</legend>
      <p className={classes.note}>
        A list is its organization’s secret. The pack says what the ticked lists state of {found.advisory.id} and nothing else of them, and
        only to a lab that deals with the organization.
      </p>
      {starts.length > 1 && (
        <NativeSelect
          label="Organization"
          data={starts.map(({ id, name }) => ({ value: id, label: name }))}
          value={start.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
      <ListsOf key={start.id} organization={start.id} name={start.name} lists={lists} onChange={onChange} />
    </fieldset>
  );
}

interface ListsOfProps extends Omit<QuotedListsProps, 'incident'> {
  readonly organization: string;
  readonly name: string;
}

function ListsOf({ organization, name, lists, onChange }: ListsOfProps) {
  const asked = useQuestion(
    ListsToQuoteDocument,
    useMemo(() => ({ organization }), [organization]),
  );
  return (
    <AnswerFrame asked={asked} waiting="Listing software lists">
      {({ softwareLists }) => (
        <Paged
          first={softwareLists}
          load={async (after) =>
            (await client.query({ query: ListsToQuoteDocument, variables: { organization, after } })).data?.softwareLists ?? null
          }
        >
          {(list) => (
            <>
              {list.totalCount === 0 && <p className={classes.note}>{name} has no software list.</p>}
              {list.rows.map((one) => (
                <Checkbox
                  key={one.id}
                  size="xs"
                  label={titleOf(one)}
                  checked={lists.includes(one.id)}
                  onChange={(event) =>
                    onChange(event.currentTarget.checked ? [...lists, one.id] : lists.filter((other) => other !== one.id))
                  }
                />
              ))}
              <MoreRowsLine list={list} noun="software lists" />
            </>
          )}
        </Paged>
      )}
    </AnswerFrame>
  );
}

/** "Sep 24, 2026, 09:30: annotation platform". */
function titleOf({ describedAt, subject, subjectVersion }: ListsToQuoteQuery['softwareLists']['edges'][number]['node']): string {
  const when = describedAt === null ? 'Unknown date' : formatInstant(describedAt);
  const of = [subject, subjectVersion].filter((text) => text !== null && text !== '').join(' ');
  return of === '' ? when : `${when}: ${of}`;
}
