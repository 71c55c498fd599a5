import { Button, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import { MergeOrganizationsDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import classes from './correct.module.css';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Makes one of two organizations mean the other. Can be undone by `exposure unmerge`. */
export function MergeOrganizations({ first, second }: { readonly first: Named; readonly second: Named }) {
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [kept, setKept] = useState(first.id);
  const [problem, setProblem] = useState<string | null>(null);
  const merge = async () => {
    const organization = kept === first.id ? second.id : first.id;
    try {
      const { data } = await client.mutate({ mutation: MergeOrganizationsDocument, variables: { input: { organization, into: kept } } });
      const fault = data?.mergeOrganizations.userErrors[0]?.message;
      if (fault !== undefined) return setProblem(fault);
      announce('Organizations merged.');
      setOpen(false);
      factsChanged();
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        Merge
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Merge two organizations" closeButtonProps={{ 'aria-label': 'Close' }}>
        <div className={classes.form}>
          <p>Every record that names the first will mean the second. The first name becomes an alias. History keeps both.</p>
          <Radio.Group label="Keep" value={kept} onChange={setKept}>
            {[first, second].map(({ id, name }) => (
              <Radio key={id} value={id} label={`${name} (${id})`} mt={8} />
            ))}
          </Radio.Group>
          {problem !== null && (
            <p className={classes.problem} role="alert">
              {problem}
            </p>
          )}
          <div className={classes.buttons}>
            <Button onClick={merge}>Merge</Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              Cancel
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
