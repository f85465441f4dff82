import { Download, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** A file to keep, as a button looks. */
export function DownloadLink({ href, icon: Icon = Download, title, children }: { href: string; icon?: LucideIcon; title?: string; children: ReactNode }): ReactNode {
  return (
    <a href={href} download title={title} className="inline-flex min-h-8 items-center gap-2 rounded-lg border border-line bg-raised px-2.5 text-sm font-medium whitespace-nowrap hover:border-edge">
      <Icon size={15} aria-hidden />
      {children}
    </a>
  );
}

/** Keeps a file as if its link was pressed: for what was just made to be kept. */
export function downloadNow(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
