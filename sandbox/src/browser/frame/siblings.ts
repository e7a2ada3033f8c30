import type { CardBrand, Problem } from '../shared/card.ts';

type Part = 'expiry' | 'cvc';

export interface SiblingAnswer {
  part: Part;
  value: string;
  problem: Problem | null;
}

export interface Siblings {
  /** The brand as the number's frame last told it. */
  brand(): CardBrand;
  tellBrand(brand: CardBrand): void;
  askAll(): Promise<SiblingAnswer[]>;
}

type SiblingMessage =
  | { kind: 'brand'; brand: CardBrand }
  | { kind: 'ask'; id: number }
  | ({ kind: 'answer'; id: number } & SiblingAnswer);

/** Two frames of one origin in one page answer within milliseconds when the machine is idle; a part that is not there never does. */
const answerTimeoutMilliseconds = 1_000;

/**
 * Split card fields live in frames of one origin and speak over a channel of that origin, which the merchant's
 * page cannot hear. The number's frame gathers the card; the others answer it.
 */
export function joinSiblings(
  group: string,
  own: { part: Part | null; ask: () => { value: string; problem: Problem | null }; brandChanged: () => void },
): Siblings {
  const channel = new BroadcastChannel(`card-fields-${group}`);
  const post = (message: SiblingMessage): void => channel.postMessage(message);
  let brand: CardBrand = 'unknown';
  let lastQuestion = 0;
  let receiveAnswer: (id: number, answer: SiblingAnswer) => void = () => {};

  channel.addEventListener('message', ({ data }: MessageEvent<SiblingMessage>) => {
    if (data.kind === 'brand') {
      brand = data.brand;
      own.brandChanged();
    } else if (data.kind === 'ask' && own.part) {
      post({ kind: 'answer', id: data.id, part: own.part, ...own.ask() });
    } else if (data.kind === 'answer') {
      receiveAnswer(data.id, data);
    }
  });

  return {
    brand: () => brand,
    tellBrand: (next) => post({ kind: 'brand', brand: next }),
    askAll() {
      const question = ++lastQuestion;
      const answers: SiblingAnswer[] = [];
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(answers), answerTimeoutMilliseconds);
        receiveAnswer = (id, answer) => {
          if (id !== question) return;
          answers.push(answer);
          if (answers.length < 2) return;
          clearTimeout(timer);
          resolve(answers);
        };
        post({ kind: 'ask', id: question });
      });
    },
  };
}
