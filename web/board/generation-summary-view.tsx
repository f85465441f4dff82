import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import type { LiveCard } from '../live/live-store.ts';
import { ClipCard } from './clip-card.tsx';
import type { MakeRequest } from '../making/make-clips.tsx';

/** Of a card, in pixels; a row has as many as fit. */
const LEAST_WIDTH = 232;
const GAP = 16;
/** Below the picture. */
const TEXT_HEIGHT = 148;

export interface GenerationSummaryViewProps {
  engine: Engine;
  moneyWords: (units: number) => string;
  cards: readonly LiveCard[];
  onOpen: (shotId: string) => void;
  onMake: (request: MakeRequest) => void;
  onSendNext: (shotId: string) => void;
}

/** The live board: a card for every shot. Only those in sight are in the document, so a film of 5,000 shots scrolls like one of fifty. */
export function GenerationSummaryView({ engine, moneyWords, cards, onOpen, onMake, onSendNext }: GenerationSummaryViewProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const columns = Math.max(1, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)));
  const cardWidth = (width - GAP * (columns - 1)) / columns;
  const rowHeight = Math.round((cardWidth * 9) / 16) + TEXT_HEIGHT;
  // oxlint-disable-next-line react-hooks/incompatible-library -- rows are read again on every scroll, as the library means it
  const rows = useVirtualizer({ count: Math.ceil(cards.length / columns), getScrollElement: () => scroller.current, estimateSize: () => rowHeight + GAP, overscan: 2 });
  useLayoutEffect(() => rows.measure(), [rows, rowHeight]);
  const focusSoon = useFocusSoon(scroller);

  /** Arrow keys go from card to card, also to those that are not in the document yet. */
  const onKeyDown = (event: KeyboardEvent) => {
    const shotId = event.target instanceof HTMLElement ? event.target.dataset['card'] : undefined;
    const step = STEPS[event.key]?.(columns);
    if (shotId === undefined || step === undefined) return;
    const at = cards.findIndex((card) => card.shotId === shotId);
    const next = cards[Math.max(0, Math.min(cards.length - 1, at + step))];
    if (!next || next.shotId === shotId) return;
    event.preventDefault();
    rows.scrollToIndex(Math.floor(cards.indexOf(next) / columns));
    focusSoon(next.shotId);
  };

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 py-4 sm:px-5" onKeyDown={onKeyDown}>
      <ul aria-label="Shots" className="relative" style={{ height: rows.getTotalSize() }}>
        {width === 0
          ? null
          : rows.getVirtualItems().flatMap((row) =>
              cards.slice(row.index * columns, (row.index + 1) * columns).map((card, column) => (
                <ClipCard
                  key={card.shotId}
                  shotId={card.shotId}
                  engine={engine}
                  moneyWords={moneyWords}
                  position={row.index * columns + column + 1}
                  total={cards.length}
                  left={column * (cardWidth + GAP)}
                  top={row.start}
                  width={cardWidth}
                  height={rowHeight}
                  onOpen={onOpen}
                  onMake={onMake}
                  onSendNext={onSendNext}
                />
              )),
            )}
      </ul>
    </div>
  );
}

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
  PageUp: (columns) => -3 * columns,
  PageDown: (columns) => 3 * columns,
  Home: () => Number.NEGATIVE_INFINITY,
  End: () => Number.POSITIVE_INFINITY,
};

/** Of the room inside, in pixels; 0 until it is known. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const measure = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(current);
      setWidth(current.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** Gives the focus to a card as soon as it is in the document. */
function useFocusSoon(scroller: RefObject<HTMLElement | null>): (shotId: string) => void {
  const wanted = useRef<string>(undefined);
  const look = () => {
    if (wanted.current === undefined) return;
    const card = scroller.current?.querySelector<HTMLElement>(`[data-card="${wanted.current}"]`);
    if (!card) return;
    wanted.current = undefined;
    card.focus();
  };
  useEffect(look);
  return (shotId) => {
    wanted.current = shotId;
    look();
  };
}
