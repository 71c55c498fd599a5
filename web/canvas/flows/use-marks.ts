import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useState } from 'react';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import type { FlowChoice, SumPictureProps } from '../picture-props.ts';

/** A target of the pointer and of the arrow keys: an element with this `data-key`, and over time one of its buckets. */
export interface Mark {
  readonly key: string;
  readonly bucket: number | null;
}

interface MarkActs {
  /** The mark that takes the keyboard's focus first. */
  readonly first: Mark | null;
  /** The mark under the pointer, which is on an element of this key. */
  readonly at: (key: string, event: MouseEvent) => Mark;
  /** The mark that a key leads to; null: it leads nowhere. */
  readonly step: (key: string, from: Mark | null) => Mark | null;
  readonly spoken: (mark: Mark) => string;
  readonly choiceOf: (mark: Mark) => FlowChoice | null;
  /** A click or Enter. */
  readonly activate: (mark: Mark) => void;
  /** `E`, or a click on the part of a mark with `data-open`. */
  readonly expand?: (mark: Mark) => void;
}

/**
 * The pointer and the keyboard on a drawing of the sums, which is one stop of Tab: what is pointed at, what has the keyboard's focus, and the
 * attributes of the element that scrolls.
 */
export function useMarks(scroll: RefObject<HTMLDivElement | null>, props: SumPictureProps, acts: MarkActs) {
  const { chosen, onPoint, onChoose, onShowTable } = props;
  const announce = useAnnounce();
  const [hovered, setHovered] = useState<Mark | null>(null);
  const [focus, setFocus] = useState<Mark | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  useEffect(() => () => onPoint(null), [onPoint]);

  const hover = (next: Mark | null) => {
    if (next?.key === hovered?.key && next?.bucket === hovered?.bucket) return;
    setHovered(next);
    onPoint(next === null ? null : acts.choiceOf(next));
  };
  const under = (event: MouseEvent): Mark | null => {
    const key = (event.target as Element).closest('[data-key]')?.getAttribute('data-key');
    return key == null ? null : acts.at(key, event);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const next = acts.step(key, focus);
    if (next !== null) {
      setFocus(next);
      hover(next);
      scroll.current?.querySelector(`[data-target="${CSS.escape(next.key)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      announce(acts.spoken(next));
    } else if ((key === 'Enter' || key === ' ') && focus !== null) acts.activate(focus);
    else if (key === 'e' && focus !== null && acts.expand !== undefined) acts.expand(focus);
    else if (key === 'Escape' && chosen.holders.size + chosen.labs.size > 0) onChoose(null);
    else if (key === 't' && onShowTable !== undefined) onShowTable();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const attributes = {
    ref: scroll,
    role: 'application',
    tabIndex: 0,
    'aria-label': props.label,
    'aria-describedby': props.describedBy,
    onKeyDown: pressed,
    onClick: (event: MouseEvent) => {
      const mark = under(event);
      if (mark === null) onChoose(null);
      else if ((event.target as Element).closest('[data-open]') !== null) acts.expand?.(mark);
      else acts.activate(mark);
    },
    onMouseMove: (event: MouseEvent) => hover(under(event)),
    onMouseLeave: () => hover(null),
    onFocus: () => {
      setHasFocus(true);
      if (focus === null) setFocus(acts.first);
    },
    onBlur: () => {
      setHasFocus(false);
      hover(null);
    },
  };
  return { hovered, focused: hasFocus ? focus : null, attributes };
}
