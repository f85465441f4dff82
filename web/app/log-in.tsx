import { useQueryClient } from '@tanstack/react-query';
import { Clapperboard } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/notes.tsx';

/** A studio that listens beyond its machine asks who is there. Where one was going stays in the address. */
export function LogIn(): ReactNode {
  const [password, setPassword] = useState('');
  const client = useQueryClient();
  const logIn = useChange('login', { onDone: () => void client.invalidateQueries(), onFailed: ({ code }) => (code === 'PASSWORD_WRONG' ? setPassword('') : undefined) });
  const isWrong = logIn.error?.code === 'PASSWORD_WRONG';
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center px-5 py-10">
      <form
        className="flex flex-col gap-5 rounded-2xl border border-line bg-panel p-6 shadow-xl"
        onSubmit={(event) => {
          event.preventDefault();
          logIn.mutate({ body: { password } });
        }}
      >
        <h1 className="flex items-center gap-2 text-lg font-semibold">
          <Clapperboard size={22} aria-hidden className="text-warm-text" />
          DirectorStudio
        </h1>
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- there is nothing else on this page
          autoFocus
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          problem={isWrong ? `${logIn.error?.message} ${logIn.error?.next ?? ''}` : undefined}
          hint="The one that the studio was started with. The browser stays logged in until the studio ends."
        />
        {logIn.error && !isWrong ? <Failure failure={logIn.error} /> : null}
        <Button look="primary" type="submit" busy={logIn.isPending}>
          Log in
        </Button>
      </form>
    </main>
  );
}
