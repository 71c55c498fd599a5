import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Refused, sendChange } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { formatInstantUtc } from '../../shared/format/instant.ts';
import type { EndpointDetail, EndpointFormat, EndpointLineFragment, UserErrorLineFragment } from '../../shared/generated/operations.ts';
import {
  DeleteEndpointDocument,
  EndpointsDocument,
  ReplayEventDocument,
  RotateEndpointSecretDocument,
  SaveEndpointDocument,
  TestEndpointDocument,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence, instantsInWords } from '../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { type Column, DataTable } from '../../shared/lists/data-table.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { isRedacting } from '../../shared/url/shared-parameters.ts';
import classes from './endpoints.module.css';

const NOTHING = {};
/** The server looks every two seconds for what is due. */
const SENT_MS = 3000;

const STATES: Readonly<Record<EndpointLineFragment['state'], string>> = {
  ACTIVE: 'Active',
  FAILING: 'Failing: the latest attempt failed, and more follow',
  DISABLED: 'Disabled: nothing is sent until you enable it',
};
const FORMATS: Readonly<Record<EndpointFormat, string>> = { STANDARD_WEBHOOKS: 'Standard Webhooks', CLOUDEVENTS: 'CloudEvents' };
const DETAILS: Readonly<Record<EndpointDetail, string>> = { THIN: 'Ids and figures', FULL: 'Names and sentences too' };

interface ShownSecret {
  readonly url: string;
  readonly secret: string;
}

/** Where signed webhooks go, their latest deliveries, and secrets in the moment they are made. For administrators. */
export function EndpointsView() {
  const asked = useQuestion(EndpointsDocument, NOTHING);
  const { retry } = asked;
  const [shown, setShown] = useState<ShownSecret | null>(null);
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(later.current), []);
  const refresh = () => {
    retry();
    // Deliveries that the server sends by itself come later.
    clearTimeout(later.current);
    later.current = setTimeout(retry, SENT_MS);
  };
  const show = ({ endpoint, secret }: { readonly endpoint: { readonly url: string } | null; readonly secret: string | null }) => {
    if (endpoint !== null && secret !== null) setShown({ url: endpoint.url, secret });
  };
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h1>Webhooks</h1>
        <p className={classes.intro}>
          What watches tell goes to these addresses as signed requests, tried again for three days. A watch names its endpoints in its
          settings.
        </p>
        {isRedacting() ? (
          <p>Names are hidden. Show them again to change an endpoint.</p>
        ) : (
          <AddEndpoint onSaved={refresh} onSecret={show} />
        )}
        {shown !== null && <Secret shown={shown} onDone={() => setShown(null)} />}
        <AnswerFrame asked={asked} waiting="Reading the endpoints">
          {({ endpoints }) =>
            endpoints.length === 0 ? (
              <p className={classes.faint}>There are no endpoints yet. Nothing leaves the server.</p>
            ) : (
              endpoints.map((endpoint) => <EndpointCard key={endpoint.id} endpoint={endpoint} onChanged={refresh} onSecret={show} />)
            )
          }
        </AnswerFrame>
      </div>
    </div>
  );
}

interface Changes {
  readonly onSecret: (made: { readonly endpoint: { readonly url: string } | null; readonly secret: string | null }) => void;
}

function AddEndpoint({ onSaved, onSecret }: Changes & { readonly onSaved: () => void }) {
  return (
    <ChangeForm
      label="New endpoint"
      look="row"
      isKept
      fields={[
        { name: 'url', label: 'Address', placeholder: 'https://hooks.example.org/exposure', maxLength: 2000 },
        { name: 'format', label: 'Format', choices: choicesOf(FORMATS) },
        { name: 'detail', label: 'What it is told', choices: choicesOf(DETAILS) },
      ]}
      start={{ url: '', format: 'STANDARD_WEBHOOKS', detail: 'THIN' }}
      submit="Add endpoint"
      save={async ({ url, format, detail }) => {
        const input = { url, format: format as EndpointFormat, detail: detail as EndpointDetail };
        const saved = await sendChange(SaveEndpointDocument, { input }, (data) => data.saveEndpoint);
        if (saved instanceof Refused) return saved;
        onSecret(saved);
        onSaved();
      }}
    />
  );
}

function choicesOf(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** A secret that was made just now. It takes the focus, because it is gone with the page. */
function Secret({ shown: { url, secret }, onDone }: { readonly shown: ShownSecret; readonly onDone: () => void }) {
  const announce = useAnnounce();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      announce('Copied.');
    } catch {
      announce('The browser did not allow copying. Select the text.');
    }
  };
  return (
    <section className={classes.card} aria-label="The secret" key={secret}>
      <h2>The secret of {url}</h2>
      <p className={classes.note}>It is shown once. Give it to the receiver, which checks the signatures with it.</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached with the keyboard. */}
      <pre className={classes.code} tabIndex={0} ref={focusOnce}>
        {secret}
      </pre>
      <div className={classes.buttons}>
        <Button variant="default" size="xs" onClick={() => void copy()}>
          Copy the secret
        </Button>
        <Button variant="subtle" size="xs" onClick={onDone}>
          I have kept it
        </Button>
      </div>
    </section>
  );
}

function focusOnce(element: HTMLElement | null): void {
  element?.focus();
}

interface EndpointCardProps extends Changes {
  readonly endpoint: EndpointLineFragment;
  readonly onChanged: () => void;
}

type Payload = { readonly userErrors: readonly UserErrorLineFragment[] };

function EndpointCard({ endpoint, onChanged, onSecret }: EndpointCardProps) {
  const { id, url, format, detail, state, createdAt, deliveries } = endpoint;
  const announce = useAnnounce();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);

  /** Runs a change, and says its first fault. Returns what it gave, if nothing is wrong. */
  const change = async <T extends Payload>(name: string, ask: () => Promise<T | undefined>): Promise<T | null> => {
    setBusy(name);
    setProblem(null);
    try {
      const payload = await ask();
      const [fault] = payload?.userErrors ?? [];
      if (fault !== undefined) setProblem(instantsInWords(fault.message));
      onChanged();
      return fault === undefined ? (payload ?? null) : null;
    } catch (error) {
      setProblem(errorSentence(error));
      return null;
    } finally {
      setBusy(null);
    }
  };
  const test = async () => {
    const variables = { id };
    const tested = await change(
      'test',
      async () => (await client.mutate({ mutation: TestEndpointDocument, variables })).data?.testEndpoint,
    );
    const delivery = tested?.delivery;
    if (delivery == null) return;
    if (delivery.error === null) announce(`The test was delivered: the answer was ${delivery.status}.`);
    else setProblem(`The test was not delivered. ${delivery.error}`);
  };
  const rotate = async () => {
    const variables = { id };
    const made = await change(
      'rotate',
      async () => (await client.mutate({ mutation: RotateEndpointSecretDocument, variables })).data?.rotateEndpointSecret,
    );
    if (made !== null) onSecret(made);
  };
  const enable = async () => {
    const variables = { input: { id, url } };
    const saved = await change(
      'enable',
      async () => (await client.mutate({ mutation: SaveEndpointDocument, variables })).data?.saveEndpoint,
    );
    if (saved !== null) onSecret(saved);
  };
  const remove = async () => {
    const variables = { id };
    const gone = await change(
      'delete',
      async () => (await client.mutate({ mutation: DeleteEndpointDocument, variables })).data?.deleteEndpoint,
    );
    if (gone !== null) announce('The endpoint is deleted.');
  };
  const replay = async (event: string) => {
    const variables = { event, endpoint: id };
    const queued = await change(event, async () => (await client.mutate({ mutation: ReplayEventDocument, variables })).data?.replayEvent);
    if (queued !== null) announce('The event is sent again within seconds.');
  };
  const button = (name: string, label: string, act: () => Promise<void>) => (
    <Button variant="default" size="xs" loading={busy === name} onClick={() => void act()}>
      {label}
    </Button>
  );

  const columns: readonly Column<(typeof deliveries)[number]>[] = [
    { key: 'at', title: 'When', className: classes.when, cell: ({ at }) => formatInstantUtc(at) },
    {
      key: 'what',
      title: 'What',
      cell: ({ event }) => (isTest(event) ? 'Test' : <Link href={`/inbox?event=${encodeURIComponent(event)}`}>Event</Link>),
    },
    { key: 'attempt', title: 'Attempt', isNumber: true, cell: ({ attempt }) => attempt },
    {
      key: 'answer',
      title: 'Answer',
      className: classes.answer,
      cell: ({ error, status }) => (error === null ? `Delivered (${status})` : <span className={classes.failed}>{error}</span>),
    },
    {
      key: 'next',
      title: 'Next attempt',
      className: classes.when,
      cell: ({ nextAt }) => (nextAt === null ? '–' : formatInstantUtc(nextAt)),
    },
    {
      key: 'again',
      title: <span className="visually-hidden">Send again</span>,
      cell: ({ event }) => !isTest(event) && button(event, 'Send again', () => replay(event)),
    },
  ];

  return (
    <section className={classes.card} aria-label={url}>
      <h2>{url}</h2>
      <p>
        <span className={state === 'ACTIVE' ? undefined : classes.failed}>{STATES[state]}</span>
        <span className={classes.faint}>
          {' '}
          · {FORMATS[format]} · {DETAILS[detail]} · since {formatInstantUtc(createdAt)}
        </span>
      </p>
      <div className={classes.buttons}>
        {button('test', 'Send a test', test)}
        {button('rotate', 'Rotate the secret', rotate)}
        {state !== 'ACTIVE' && button('enable', state === 'DISABLED' ? 'Enable' : 'Send now', enable)}
        {isAsking ? (
          <>
            <span>What waits for it is deleted too.</span>
            {button('delete', 'Delete it', remove)}
            <Button variant="subtle" size="xs" onClick={() => setAsking(false)}>
              Keep
            </Button>
          </>
        ) : (
          <Button variant="default" size="xs" onClick={() => setAsking(true)}>
            Delete
          </Button>
        )}
      </div>
      <Problem text={problem} />
      <DataTable
        label={`Latest deliveries to ${url}`}
        columns={columns}
        rows={deliveries}
        keyOf={({ event, at, attempt }) => `${event} ${at} ${attempt}`}
        none="Nothing was sent to it yet."
      />
    </section>
  );
}

/** The id of an event is a digest. */
function isTest(event: string): boolean {
  return event.startsWith('test_');
}

function Problem({ text }: { readonly text: string | null }) {
  return text === null ? null : (
    <p className={classes.failed} role="alert">
      {text}
    </p>
  );
}
