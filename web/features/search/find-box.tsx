import { Combobox, Kbd, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { type FoundKind, SearchDocument } from '../../shared/generated/operations.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { ArtifactIcon, OrganizationIcon } from '../../shared/marks/kind-icon.tsx';
import { IconSearch } from '../../shared/ui/icons.tsx';
import classes from './find-box.module.css';
import { groupHits, isNamed, type NamedFound, type OtherFound, type SearchFound, type SearchLine } from './search-groups.ts';

export interface FindBoxProps {
  readonly label: string;
  readonly placeholder: string;
  /** Only these kinds. Absent: organizations, artifacts and incidents, and with `onFindOther` all kinds. */
  readonly kinds?: readonly FoundKind[];
  /** `isAdding`: Shift was held, so the result joins the current view. */
  readonly onFind: (found: NamedFound, isAdding: boolean) => void;
  readonly onFindOther?: (found: OtherFound) => void;
  readonly shortcut?: string;
  readonly width?: number | string;
  /** In pixels. Absent: the width of the field. */
  readonly dropdownWidth?: number;
  readonly autoFocus?: boolean;
  readonly hint?: string;
  /** Something to do with all that was found; null: nothing. */
  readonly actionFor?: (found: readonly SearchFound[]) => FindAction | null;
  readonly ref?: Ref<{ focus: () => void }>;
}

interface FindAction {
  readonly label: string;
  readonly run: () => void;
}

const ACTION = 'action';
const mostHits = 20;

const NAMED_KINDS: readonly FoundKind[] = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER', 'ARTIFACT', 'INCIDENT'];

/** A search field with grouped results below it. Arrows and Enter choose a result. */
export function FindBox({
  label,
  placeholder,
  kinds,
  onFind,
  onFindOther,
  shortcut,
  width,
  dropdownWidth,
  autoFocus = false,
  hint,
  actionFor,
  ref,
}: FindBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const isShift = useRef(false);
  const [text, setText] = useState('');
  /** Enter was pressed before the answer came. */
  const [isEager, setEager] = useState(false);
  const [asked] = useDebouncedValue(text.trim().slice(0, 200), 120);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }));

  const hasOthers = kinds === undefined && onFindOther !== undefined;
  const variables = useMemo(
    () => (asked === '' ? null : { text: asked, kinds: hasOthers ? null : [...(kinds ?? NAMED_KINDS)], first: mostHits }),
    [asked, kinds, hasOthers],
  );
  const { question, data, isStale } = useQuestion(SearchDocument, variables);
  const groups = groupHits(data?.search ?? []);
  const lines = groups.flatMap((group) => group.lines);
  const hasAnswer = question.phase === 'answered' && !isStale;
  const isCurrent = hasAnswer && asked === text.trim().slice(0, 200);

  const action = actionFor?.(lines.map(({ found }) => found)) ?? null;
  const choose = (key: string) => {
    if (key === ACTION && action !== null) {
      setText('');
      combobox.closeDropdown();
      action.run();
      return;
    }
    const line = lines.find((candidate) => candidate.key === key);
    if (line === undefined) return;
    setText('');
    combobox.closeDropdown();
    if (isNamed(line.found)) onFind(line.found, isShift.current);
    else onFindOther?.(line.found);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    isShift.current = event.shiftKey;
    if (event.key === 'Escape' && text !== '') {
      event.stopPropagation();
      setText('');
      combobox.closeDropdown();
    } else if (event.key === 'Escape') input.current?.blur();
    if (event.key === 'Enter' && combobox.getSelectedOptionIndex() === -1 && text.trim() !== '') setEager(true);
  };
  const first = lines.find(({ found }) => !opensNothing(found))?.key;
  // Enter takes the first result of what is typed, never that of an earlier text.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `choose` belongs to this render.
  useEffect(() => {
    if (!isEager || !isCurrent) return;
    setEager(false);
    if (first !== undefined) choose(first);
  }, [isEager, isCurrent, first]);

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={choose}
      shadow="md"
      offset={4}
      withinPortal={false}
      position="bottom-end"
      width={dropdownWidth ?? 'target'}
    >
      <Combobox.Target withAriaAttributes>
        <TextInput
          ref={input}
          aria-label={label}
          placeholder={placeholder}
          value={text}
          autoFocus={autoFocus}
          w={width}
          classNames={{ input: classes.input }}
          leftSection={<IconSearch size={16} stroke={1.8} aria-hidden="true" />}
          rightSection={
            question.phase === 'asking' ? <Loader size={14} /> : shortcut !== undefined ? <Kbd size="xs">{shortcut}</Kbd> : null
          }
          onChange={(event) => {
            setText(event.currentTarget.value);
            setEager(false);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => {
            setEager(false);
            combobox.closeDropdown();
          }}
          onKeyDown={onKeyDown}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={asked === ''} className={classes.dropdown}>
        <Combobox.Options mah={420} style={{ overflowY: 'auto' }} aria-label={label}>
          {groups.map((group) => (
            <Combobox.Group key={group.title} label={group.title}>
              {group.lines.map((line) => (
                <Combobox.Option
                  key={line.key}
                  value={line.key}
                  className={classes.option}
                  disabled={opensNothing(line.found)}
                  onMouseDown={(event) => (isShift.current = event.shiftKey)}
                >
                  <LineIcon line={line} />
                  <span className="one-line">{line.name}</span>
                  <span className={`${classes.detail} one-line`}>{line.detail}</span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {action !== null && (
            <Combobox.Group label="Actions">
              <Combobox.Option value={ACTION} className={classes.option}>
                <span className="one-line">{action.label}</span>
              </Combobox.Option>
            </Combobox.Group>
          )}
          {hasAnswer && lines.length === 0 && <Combobox.Empty>No match for “{asked}”. Try fewer letters or another name.</Combobox.Empty>}
          {question.phase === 'failed' && <Combobox.Empty>{errorSentence(question.error)}</Combobox.Empty>}
        </Combobox.Options>
        {lines.length >= mostHits && (
          <Combobox.Footer className={classes.hint}>At most {mostHits} are listed. Type more to find others.</Combobox.Footer>
        )}
        {hint !== undefined && lines.length > 0 && <Combobox.Footer className={classes.hint}>{hint}</Combobox.Footer>}
      </Combobox.Dropdown>
    </Combobox>
  );
}

const opensNothing = ({ __typename: type }: SearchFound) => type === 'FoundValue';

function LineIcon({ line }: { readonly line: SearchLine }) {
  if (line.found.__typename === 'Organization') return <OrganizationIcon roles={line.found.roles} />;
  if (line.found.__typename === 'Artifact') return <ArtifactIcon type={line.found.type} />;
  return <span className={classes.dot} aria-hidden="true" />;
}
