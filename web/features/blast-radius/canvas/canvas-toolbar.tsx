import { type ReactNode, useEffect, useRef } from 'react';
import type { CanvasView } from '../../../shared/url/blast-radius-url.ts';
import classes from './canvas-toolbar.module.css';

interface SwitchProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly word: string; readonly title?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** A row of buttons. Exactly one is on. */
export function Switch<T extends string>({ label, options, value, onChange }: SwitchProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className={classes.switch} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          title={option.title}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.word}
        </button>
      ))}
    </div>
  );
}

const VIEWS: readonly { readonly value: CanvasView; readonly word: string; readonly title: string }[] = [
  { value: 'lanes', word: 'Graph', title: 'Every copy as a line. Above 60 artifacts a band for each lab.' },
  { value: 'flows', word: 'Flows', title: 'A band for each holder and lab.' },
  { value: 'matrix', word: 'Matrix', title: 'Holders down, labs across, sums in the cells.' },
  { value: 'time', word: 'Time', title: 'What each holder held, and since when.' },
];

interface CanvasToolbarProps {
  readonly shown: CanvasView;
  readonly onShow: (view: CanvasView) => void;
  /** The tools of the picture that is shown. */
  readonly children: ReactNode;
}

/** The tools above a picture of the radius. They are one stop of Tab, with arrows inside. */
export function CanvasToolbar({ shown, onShow, children }: CanvasToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => (bar.current === null ? undefined : moveByArrows(bar.current)), []);
  return (
    <div ref={bar} className={classes.toolbar} role="toolbar" aria-label="Picture" data-screen-only>
      <Switch label="Canvas" options={VIEWS} value={shown} onChange={onShow} />
      {children}
    </div>
  );
}

/**
 * Left, right, Home and End go from tool to tool. Tab leaves. An open menu has its own keys. A listener of the page itself hears tools that
 * another part puts here.
 */
function moveByArrows(bar: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent) => {
    const tools = [...bar.querySelectorAll<HTMLElement>(':is(button, a[href]):not(:disabled, [role^=menuitem])')].filter(
      (tool) => tool.offsetParent !== null,
    );
    const at = tools.indexOf(document.activeElement as HTMLElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Tab') {
      // The browser goes on from the last tool, or back from the first.
      (event.shiftKey ? tools[0] : tools.at(-1))?.focus();
      return;
    }
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tools.length - 1 }[event.key];
    if (next === undefined) return;
    tools[(next + tools.length) % tools.length]?.focus();
    event.preventDefault();
  };
  bar.addEventListener('keydown', onKey);
  return () => bar.removeEventListener('keydown', onKey);
}
