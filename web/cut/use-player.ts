import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { FilmPlayer } from './film-player.ts';
import type { FilmPart } from './parts.ts';

/** One player for as long as the screen is there. */
export function usePlayer(parts: readonly FilmPart[]): FilmPlayer {
  const [player] = useState(() => {
    const made = new FilmPlayer();
    made.setParts(parts);
    return made;
  });
  useEffect(() => player.setParts(parts), [player, parts]);
  useEffect(() => {
    document.addEventListener('visibilitychange', player.wake);
    return () => {
      document.removeEventListener('visibilitychange', player.wake);
      player.close();
    };
  }, [player]);
  return player;
}

/** What a player says now; `time` wakes with every frame, so read as little from it as is shown. */
export function usePlayerState<Value>(player: FilmPlayer, topic: 'time' | 'state', read: (player: FilmPlayer) => Value): Value {
  const subscribe = useCallback((listener: () => void) => player.on(topic, listener), [player, topic]);
  return useSyncExternalStore(subscribe, () => read(player));
}
