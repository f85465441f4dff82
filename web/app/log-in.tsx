import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';

/** A studio that listens beyond its machine asks who is there. */
export function LogIn(): ReactNode {
  const [password, setPassword] = useState('');
  const client = useQueryClient();
  const logIn = useChange('login', { onDone: () => void client.invalidateQueries() });
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center px-5">
      <form
        className="flex flex-col gap-4 rounded-2xl border border-line bg-panel p-6"
        onSubmit={(event) => {
          event.preventDefault();
          logIn.mutate({ body: { password } });
        }}
      >
        <h1 className="text-lg font-semibold">DirectorStudio</h1>
        <TextField label="Password" type="password" autoComplete="current-password" required value={password} onChange={({ target }) => setPassword(target.value)} problem={logIn.error?.message} hint="The one that the studio was started with." />
        <Button look="primary" type="submit" busy={logIn.isPending}>
          Log in
        </Button>
      </form>
    </main>
  );
}
