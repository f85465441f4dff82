import type { ReactNode } from 'react';

/** One part of the settings, with an address of its own. */
export function Section({ id, title, about, children }: { id: string; title: string; about?: ReactNode; children: ReactNode }): ReactNode {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4 border-b border-line pb-8 last:border-0">
      <h2 id={`${id}-title`} className="text-lg font-semibold">
        {title}
      </h2>
      {about === undefined ? null : <p className="mt-1 max-w-2xl text-quiet">{about}</p>}
      <div className="mt-4 flex flex-col gap-4">{children}</div>
    </section>
  );
}
