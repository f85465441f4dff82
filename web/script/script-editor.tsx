import { useCallback, useImperativeHandle, useLayoutEffect, useRef, type ReactNode, type Ref } from 'react';
import { classNames } from '../ui/class-names.ts';
import { Mirror, type Mark } from './mirror.ts';
import { changeBetween, lineStarts, type Place } from './text-places.ts';

export interface EditorHandle {
  /** Brings words into sight; with `focus` the cursor goes there. */
  show(place: Place, focus: boolean): void;
}

export interface ScriptEditorProps {
  ref: Ref<EditorHandle>;
  text: string;
  readOnly: boolean;
  marks: readonly Mark[];
  labels: readonly { at: number; slate: string }[];
  shown: Place | undefined;
  /** The id of what tells of the problem under the cursor. */
  describedBy: string;
  onText: (text: string) => void;
  onCursor: (offset: number) => void;
}

/** One look for the textarea and the text under it: they must break lines alike. */
const TEXT = 'm-0 py-4 pr-4 pl-24 max-sm:pl-4 font-mono text-[14px] leading-6 whitespace-pre-wrap wrap-break-word [tab-size:4]';

/**
 * The script as it is written. A plain textarea, so that keys, undo and screen readers work as everywhere; under it the same
 * text in no colour, which carries the underlines and the slates in the margin.
 */
export function ScriptEditor({ ref, text, readOnly, marks, labels, shown, describedBy, onText, onCursor }: ScriptEditorProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const mirror = useRef<Mirror>(undefined);
  useLayoutEffect(() => {
    if (!layer.current) return;
    mirror.current ??= new Mirror(layer.current);
    mirror.current.draw({ text, marks, labels, shown });
  }, [text, marks, labels, shown]);
  useLayoutEffect(() => {
    // Written by somebody else than the person at the keys: the cursor stays at its words.
    const box = area.current;
    if (!box || box.value === text) return;
    const { at, removed, inserted } = changeBetween(box.value, text);
    const moved = (offset: number) => (offset <= at ? offset : offset >= at + removed ? offset + inserted - removed : at + inserted);
    const [from, to] = [moved(box.selectionStart), moved(box.selectionEnd)];
    box.value = text;
    box.setSelectionRange(from, to);
  }, [text]);
  const show = useCallback((place: Place, focus: boolean) => {
    const box = area.current;
    if (!box || !scroller.current) return;
    const starts = lineStarts(box.value);
    const line = Math.max(0, starts.findLastIndex((start) => start <= place.start));
    const top = mirror.current?.topOfLine(line) ?? 0;
    const { scrollTop, clientHeight } = scroller.current;
    if (top < scrollTop + 24 || top > scrollTop + clientHeight - 96) scroller.current.scrollTo({ top: Math.max(0, top - clientHeight / 3) });
    if (!focus) return;
    box.focus({ preventScroll: true });
    box.setSelectionRange(place.start, place.end);
  }, []);
  useImperativeHandle(ref, () => ({ show }), [show]);
  return (
    <div ref={scroller} className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain script-paper">
      <div className="relative min-h-full">
        <div ref={layer} aria-hidden className={classNames('script-mirror pointer-events-none text-transparent select-none', TEXT)} />
        <textarea
          ref={area}
          aria-label="Script"
          aria-describedby={describedBy}
          defaultValue={text}
          readOnly={readOnly}
          spellCheck
          onChange={({ target }) => onText(target.value)}
          onSelect={({ currentTarget }) => onCursor(currentTarget.selectionStart)}
          className={classNames('absolute inset-0 size-full resize-none overflow-hidden border-0 bg-transparent text-text -outline-offset-2', TEXT)}
        />
      </div>
    </div>
  );
}
