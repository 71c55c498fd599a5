import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Refused, sendChange } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { formatDay } from '../../shared/format/instant.ts';
import { DeleteViewDocument, SaveViewDocument, ViewsDocument, type ViewsQuery } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { parseBlastState } from '../../shared/url/blast-radius-url.ts';
import { inputOf } from '../../shared/url/radius-options-url.ts';
import { canWrite, seesNotes } from '../../shared/viewer/viewer.ts';
import { WatchThis } from '../../shared/watches/watch-this.tsx';
import { watchRadius } from '../../shared/watches/watchable.ts';
import { viewHref } from './view-href.ts';
import classes from './views.module.css';

/** A button that opens the saved views: save the present one under a name, open, share or delete one. */
export function ViewsButton({ isLarge = false }: { readonly isLarge?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  if (!seesNotes()) return null;
  return (
    <>
      <Button variant="default" {...(!isLarge && { size: 'compact-sm' })} onClick={() => setOpen(true)}>
        Saved views
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Saved views" closeButtonProps={{ 'aria-label': 'Close' }}>
        {isOpen && <Views onDone={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

const nothing = {};

function Views({ onDone }: { readonly onDone: () => void }) {
  const asked = useQuestion(ViewsDocument, nothing);
  const announce = useAnnounce();
  const [problem, setProblem] = useState<string | null>(null);
  const tell = (words: string) => {
    announce(words);
    asked.retry();
  };
  const remove = async (id: string, name: string) => {
    try {
      await client.mutate({ mutation: DeleteViewDocument, variables: { id } });
      tell(`${name} deleted.`);
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };
  return (
    <div className={classes.dialog}>
      {canWrite() && <SaveForm onSaved={(name) => tell(`${name} saved.`)} />}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <AnswerFrame asked={asked} waiting="Listing saved views">
        {({ views }) =>
          views.length === 0 ? (
            <p className={classes.none}>No view is saved yet.</p>
          ) : (
            <ul className={classes.list} aria-label="Saved views">
              {views.map((view) => (
                <ViewLine key={view.id} view={view} onOpen={onDone} onDelete={() => remove(view.id, view.name)} />
              ))}
            </ul>
          )
        }
      </AnswerFrame>
    </div>
  );
}

function SaveForm({ onSaved }: { readonly onSaved: (name: string) => void }) {
  return (
    <ChangeForm
      look="row"
      isKept
      fields={[
        {
          name: 'name',
          label: 'Save what the page shows now as',
          placeholder: 'Quillmark and its subcontractors',
          needed: 'Enter a name.',
          isFirst: true,
        },
        { name: 'note', label: 'Note', placeholder: 'Why it matters. Search finds it.', maxLength: 10_000 },
      ]}
      start={{ name: '', note: '' }}
      submit="Save"
      save={async ({ name, note }) => {
        const url = window.location.pathname + window.location.search;
        const saved = await sendChange(SaveViewDocument, { input: { name, url, note: note || null } }, (data) => data.saveView);
        if (saved instanceof Refused) return saved;
        onSaved(name);
      }}
    />
  );
}

interface ViewLineProps {
  readonly view: ViewsQuery['views'][number];
  readonly onOpen: () => void;
  readonly onDelete: () => void;
}

/** The radius that a saved view shows; null: it shows something else. */
function radiusOfView({ url }: ViewLineProps['view']) {
  const [path, query] = url.split('?', 2);
  return path === '/blast' ? inputOf(parseBlastState(new URLSearchParams(query))) : null;
}

function ViewLine({ view, onOpen, onDelete }: ViewLineProps) {
  const { id, name, by, at, note } = view;
  const radius = radiusOfView(view);
  const announce = useAnnounce();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${window.location.origin}${viewHref(id)}`);
      setCopied(true);
      announce('Link copied.');
    } catch {
      announce('The browser did not allow copying. Open the view and copy the address from the address bar.');
    }
  };
  return (
    <li>
      <span className={classes.words}>
        <Link href={viewHref(id)} onClick={onOpen}>
          {name}
        </Link>
        <small>
          {by}, {formatDay(at)}
        </small>
        {note !== null && <small>{note}</small>}
      </span>
      {radius !== null && <WatchThis choices={[watchRadius(radius, name)]} />}
      <Button variant="default" size="compact-sm" aria-label={`${isCopied ? 'Copied' : 'Copy link'}: ${name}`} onClick={copy}>
        {isCopied ? 'Copied' : 'Copy link'}
      </Button>
      {canWrite() && (
        <Button variant="default" size="compact-sm" aria-label={`Delete ${name}`} onClick={onDelete}>
          Delete
        </Button>
      )}
    </li>
  );
}
