import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
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
import { isRedacting } from '../../shared/url/redaction.ts';
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
    // What the server sends by itself follows.
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
  const [url, setUrl] = useState('');
  const [format, setFormat] = useState<EndpointFormat>('STANDARD_WEBHOOKS');
  const [detail, setDetail] = useState<EndpointDetail>('THIN');
  const [faults, setFaults] = useState<readonly UserErrorLineFragment[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const address = useRef<HTMLInputElement>(null);
  const faultOf = (field: string) => faults.find(({ path }) => path?.[0] === field)?.message ?? null;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setSaving(true);
    try {
      const { data } = await client.mutate({ mutation: SaveEndpointDocument, variables: { input: { url: url.trim(), format, detail } } });
      setFaults(data?.saveEndpoint.userErrors ?? []);
      if (data?.saveEndpoint.endpoint == null) {
        address.current?.focus();
        return;
      }
      setUrl('');
      onSecret(data.saveEndpoint);
      onSaved();
    } catch (error) {
      setProblem(errorSentence(error));
    } finally {
      setSaving(false);
    }
  };

  return (
    <form onSubmit={save} aria-label="New endpoint" noValidate>
      <div className={classes.add}>
        <TextInput
          ref={address}
          label="Address"
          placeholder="https://hooks.example.org/exposure"
          value={url}
          error={faultOf('url')}
          maxLength={2000}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <NativeSelect
          label="Format"
          value={format}
          data={choicesOf(FORMATS)}
          onChange={(event) => setFormat(event.currentTarget.value as EndpointFormat)}
        />
        <NativeSelect
          label="What it is told"
          value={detail}
          error={faultOf('detail')}
          data={choicesOf(DETAILS)}
          onChange={(event) => setDetail(event.currentTarget.value as EndpointDetail)}
        />
        <Button type="submit" loading={isSaving}>
          Add endpoint
        </Button>
      </div>
      <Problem text={problem} />
    </form>
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
