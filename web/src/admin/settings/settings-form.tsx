import { type FormEvent, type ReactNode, useState } from 'react';
import { useRevalidator } from 'react-router';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useMay } from '../operator.ts';
import { Card } from '../parts/card.tsx';
import { ConfirmIdentity } from '../parts/confirm-identity.tsx';
import { useAction } from '../parts/use-action.ts';
import { useUnsavedGuard } from './use-unsaved-guard.ts';

/** Problems by field, as sentences; the fields are named as in the body: `/account/iban`. */
export type Problems = Readonly<Record<string, string>>;

type SettingsFormProps = {
  title: string;
  path: string;
  /** Of what is shown; the change is refused when somebody else has saved since. */
  version: number;
  /** The change as the form says it, or what is wrong with it. */
  read(form: FormData): { body: object } | { problems: Problems };
  children(problemOf: (path: string) => string | undefined): ReactNode;
};

/** One part of the settings: changed by the owner, read by all operators. */
export function SettingsForm(props: SettingsFormProps) {
  const { title, children } = props;
  const owns = useMay('owner');
  const form = useSettingsForm(props);
  const { save } = form;
  return (
    <Card title={title}>
      {save.asksWho && (
        <div className="max-w-md py-2">
          <ConfirmIdentity done={form.sendAgain} />
        </div>
      )}
      <form
        onSubmit={form.submit}
        onInput={form.noteChange}
        hidden={save.asksWho}
        noValidate
        className="grid max-w-xl gap-5 pt-1"
      >
        {save.problem && <Refused problem={save.problem} startAgain={form.startAgain} />}
        <fieldset key={form.round} disabled={!owns} className="grid gap-5">
          {children(form.problemOf)}
        </fieldset>
        {owns ? (
          <SaveBar busy={save.busy} text={form.text} />
        ) : (
          <p className="text-muted">Only an owner can change this.</p>
        )}
      </form>
    </Card>
  );
}

function useSettingsForm({ path, version, read }: SettingsFormProps) {
  const save = useAction({ method: 'PUT', path });
  const { revalidate } = useRevalidator();
  const [mistakes, setMistakes] = useState<Problems>({});
  const [state, setState] = useState<'as set' | 'changed' | 'saved'>('as set');
  const [round, setRound] = useState(0);
  const [asked, setAsked] = useState<object>({});
  useUnsavedGuard(state === 'changed');

  const send = async (body: object) => {
    setAsked(body);
    if ((await save.run({ version, ...body })) !== undefined) setState('saved');
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = read(new FormData(event.currentTarget));
    setMistakes('problems' in said ? said.problems : {});
    if ('problems' in said) focusFirstProblem(event.currentTarget);
    else void send(said.body);
  };
  /** With fields that hold what is set now. */
  const startAgain = async () => {
    await revalidate();
    save.reset();
    setMistakes({});
    setState('as set');
    setRound((count) => count + 1);
  };
  return {
    save,
    round,
    submit,
    startAgain,
    sendAgain: () => void send(asked),
    noteChange: () => setState('changed'),
    problemOf: (at: string) =>
      mistakes[at] ?? save.fields.find((field) => field.path.startsWith(at))?.message,
    text: stateText({ state, hasMistakes: Object.keys(mistakes).length > 0 }),
  };
}

function Refused({ problem, startAgain }: { problem: string; startAgain(): void }) {
  return (
    <Notice tone="danger" role="alert">
      {problem}
      {/* Only the newest version can be changed. */}
      <button type="button" onClick={startAgain} className="mt-1 block min-h-11 underline">
        Show what is set now
      </button>
    </Notice>
  );
}

function SaveBar({ busy, text }: { busy: boolean; text: string }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button type="submit" size="small" aria-disabled={busy} className="min-h-11 max-sm:w-full lg:min-h-9">
        {busy ? 'Saving…' : 'Save'}
      </Button>
      <p role="status" className="text-muted">
        {text}
      </p>
    </div>
  );
}

function stateText({ state, hasMistakes }: { state: string; hasMistakes: boolean }): string {
  if (hasMistakes) return 'Not saved: look at what is marked.';
  if (state === 'saved') return 'Saved. Every page shows it within two seconds.';
  return state === 'changed' ? 'Not saved yet.' : '';
}

/** After the marks are there. */
function focusFirstProblem(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
}

/** What cannot be changed here, and where it can. */
export function FixedSetting({ label, value, setBy }: { label: string; value: ReactNode; setBy: string }) {
  return (
    <div>
      <p className="font-medium">{label}</p>
      <p className="mt-1 whitespace-pre-line break-words text-base">{value}</p>
      <p className="mt-1 text-muted">
        Set by <code className="font-mono text-xs">{setBy}</code> in the environment of the server.
      </p>
    </div>
  );
}
