import { openChannel } from '../shared/channel.ts';
import type { FrameSetup, FrameUpdate, FromFrame, Options, ToFrame } from '../shared/messages.ts';
import { AddressForm } from './address-form.ts';
import { answerCall } from './calls.ts';
import { CardLine } from './card-line.ts';
import { EmailForm } from './email-form.ts';
import { applyFonts } from './fonts.ts';
import type { FrameForm, Outside } from './frame-form.ts';
import { loadProblem } from './loading.ts';
import { PaymentForm } from './payment-form.ts';

/** The inside of an Element: it draws the fields, keeps what is typed and makes the requests that carry it. */
const fragment = new URLSearchParams(window.location.hash.slice(1));
let form: FrameForm | null = null;
let key = '';

const channel = openChannel<ToFrame, FromFrame>({
  id: fragment.get('channel') ?? '',
  peer: () => window.parent,
  peerOrigin: fragment.get('parent') ?? '',
  receive(message) {
    if (message.kind === 'setup') void setUp(message.setup);
    else if (message.kind === 'update') update(message.update);
    else if (message.kind === 'command') form?.[message.command]?.();
    else void answer(message);
  },
});

const emit = (event: string, payload: Options = {}): void => channel.send({ kind: 'event', event, payload });

channel.send({ kind: 'loaded' });

async function setUp(setup: FrameSetup): Promise<void> {
  if (form) return;
  key = setup.key;
  const outside = { emit, group: fragment.get('group') ?? '' };
  applyFonts(setup.fonts);
  form = createForm(setup, outside);
  document.body.append(form.root);
  reportSize(form.root);
  reportFocus();
  reportKeys();
  if (hasLoader.includes(setup.type)) emit('loaderstart');
  const problem = await loadProblem(setup);
  if (problem) emit('loaderror', { error: problem });
  else emit('ready');
}

const hasLoader = ['payment', 'address', 'linkAuthentication', 'contactDetails'];

function createForm(setup: FrameSetup, outside: Outside): FrameForm {
  switch (setup.type) {
    case 'payment':
      return new PaymentForm(setup, outside);
    case 'address':
      return new AddressForm(setup, outside);
    case 'linkAuthentication':
    case 'contactDetails':
      return new EmailForm(setup, outside);
    default:
      return new CardLine(setup, outside);
  }
}

function update(changes: FrameUpdate): void {
  if (changes.fonts) applyFonts(changes.fonts);
  form?.update(changes);
}

async function answer({ id, call }: ToFrame & { kind: 'call' }): Promise<void> {
  if (!form) return;
  const result = await answerCall(form, key, call);
  channel.send({ kind: 'reply', id, result });
}

function reportSize(root: HTMLElement): void {
  const observer = new ResizeObserver(() =>
    channel.send({ kind: 'resize', height: Math.ceil(root.getBoundingClientRect().height) }),
  );
  observer.observe(root);
}

/** Moving between fields of one frame is neither focus nor blur for the merchant. */
function reportFocus(): void {
  let focused = false;
  const report = (): void => {
    const now = document.hasFocus() && document.activeElement !== document.body;
    if (now !== focused) emit(now ? 'focus' : 'blur');
    focused = now;
  };
  for (const event of ['focusin', 'focusout']) document.addEventListener(event, () => setTimeout(report));
  window.addEventListener('blur', () => setTimeout(report));
}

/** Enter submits the merchant's form, as it would from a field of the page itself. */
function reportKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') emit('escape');
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) emit('submit');
  });
}
